#!/usr/bin/python3
"""Snapshots of the facts in a real daemon: kill -9 at a random moment while they are written all
the time, damage to their files, a stop in between. After every start the facts are those that a
rebuild from zero gives, and every acknowledged event is there.
"""

import os
import random
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Closed, Daemon, note, wait_until  # noqa: E402

CYCLES = int(os.environ.get("SNAPSHOT_CYCLES", "12"))
EVERY = 150
READ = "facts read from their snapshot"
REFUSED = "the snapshot of the facts is not used"


def said_since(daemon, mark):
    return daemon.said()[mark:]


def snapshot_of(client):
    return client.call("status")["snapshot"]


def party(number):
    return {"id": f"p{number}", "type": "party.registered", "agg": f"U{number}",
            "data": {"name": f"大学{number}", "legal_code": "022", "region": "110000"}}


def append(client, first, count):
    for at in range(first, first + count, 50):
        events = [party(i) if i % 3 else note(f"n{i}", f"x/{i % 7}")
                  for i in range(at, min(at + 50, first + count))]
        client.call("append", {"events": events})
    return first + count


def append_until(client, first, end):
    try:
        while time.monotonic() < end:
            first = append(client, first, 50)
    except Closed:
        pass
    return first


def expect_rebuilt(client):
    """P8: what is in memory is what the log says."""
    job = client.call("rebuild", {"projection": "*"})["job"]
    status = {"state": "running"}
    assert wait_until(lambda: client_status(client, job, status)["state"] != "running")
    assert status["state"] == "done" and status["equal"], status


def client_status(client, job, status):
    status.update(client.call("job.status", {"job": job}))
    return status


def expect_events(client, last):
    for number in {1, last // 2, last - 1}:
        name = f"p{number}" if number % 3 else f"n{number}"
        assert client.call("get", {"id": name})["events"], name


def stop_and_start(daemon):
    """An orderly stop writes one if there is much new."""
    daemon.start()
    with daemon.client() as client:
        before = snapshot_of(client)
        assert before["seq"] == 0 and before["every"] == EVERY, before
        append(client, 1, 1200)
        head = client.call("status")["head"]
    assert daemon.stop() == 0
    mark = len(daemon.said())
    daemon.start()
    assert READ in said_since(daemon, mark), said_since(daemon, mark)
    with daemon.client() as client:
        now = snapshot_of(client)
        assert now["seq"] > head - 1000 and now["time"] > 0 and now["failed"] == "", now
        expect_rebuilt(client)
        expect_events(client, 1200)
        refused = client.request("append", {"events": [note("n3", "x/other")]})
        got, error, _ = client.answer()
        assert got == refused and "E_ID_REUSED" in str(error), error  # ids came along, too
    return 1201


def kill_and_start(daemon, dice, first):
    used = 0
    for _ in range(CYCLES):
        with daemon.client() as client:
            end = time.monotonic() + dice.uniform(0.05, 0.4)
            first = append_until(client, first, end)
        daemon.kill()
        mark = len(daemon.said())
        daemon.start()
        assert REFUSED not in said_since(daemon, mark), said_since(daemon, mark)
        used += READ in said_since(daemon, mark)
        with daemon.client() as client:
            expect_events(client, first - 1)
            expect_rebuilt(client)
    assert used > CYCLES // 2, used
    return first


def damage(path, dice):
    size = os.path.getsize(path)
    with open(path, "r+b") as file:
        place = dice.randrange(size)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << dice.randrange(8)]))


def damage_and_start(daemon, dice, first):
    """One bit of any file that counts, a file that is gone, a manifest that is empty."""
    facts = os.path.join(daemon.data, "facts")
    kept = os.path.join(daemon.directory, "kept")
    daemon.kill()
    shutil.copytree(facts, kept)
    files = sorted(name for name in os.listdir(kept) if os.path.getsize(os.path.join(kept, name)))
    for name in files:
        shutil.rmtree(facts)
        shutil.copytree(kept, facts)
        path = os.path.join(facts, name)
        if dice.random() < 0.5:
            os.truncate(path, 0)
        elif dice.random() < 0.5:
            os.unlink(path)
        else:
            damage(path, dice)
        daemon.start()
        with daemon.client() as client:
            expect_rebuilt(client)
            expect_events(client, first - 1)
        daemon.kill()


def main():
    seed = int(os.environ.get("SNAPSHOT_SEED", str(time.time_ns() % 1000000)))
    print(f"seed {seed}")
    dice = random.Random(seed)
    with Daemon(options=["--ephemeral", "--snapshot-events", str(EVERY)]) as daemon:
        first = stop_and_start(daemon)
        first = kill_and_start(daemon, dice, first)
        damage_and_start(daemon, dice, first)
        # All but bytes behind those that count, and a manifest that is simply not there.
        assert daemon.said().count(REFUSED) > 3, daemon.said()
        print(f"{first - 1} events, {daemon.said().count(READ)} starts with a snapshot, "
              f"{daemon.said().count(REFUSED)} refused")


main()
