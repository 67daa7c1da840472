#!/usr/bin/python3
"""kill -9 at a random moment under load, again and again, on one log.

After every restart: no acknowledged event is missing or has moved, whatever was not
acknowledged is there whole or not at all, and sending everything again stores nothing twice.
"""

import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Closed, Daemon, note  # noqa: E402

CYCLES = int(os.environ.get("KILL9_CYCLES", "200"))
CONNECTIONS = 3
INFLIGHT = 16
BATCH_MAX = 4


class Load(threading.Thread):
    """Appends until the connection breaks; remembers what was acknowledged and what was not."""

    def __init__(self, path, client, name, dice):
        super().__init__()
        self.client = client(path)
        self.name_of = name
        self.dice = dice
        self.acknowledged = {}  # id: seq
        self.unknown = []  # requests without an answer
        self.wrong = []

    def run(self):
        open_requests = {}
        count = 0
        try:
            while True:
                while len(open_requests) < INFLIGHT:
                    size = self.dice.randint(1, BATCH_MAX)
                    events = [note(f"{self.name_of}-{count + i}", f"x/{self.name_of[:2]}")
                              for i in range(size)]
                    count += size
                    self.unknown.append(events)
                    open_requests[self.client.request("append", {"events": events})] = events
                got, error, result = self.client.answer()
                events = open_requests.pop(got)
                if error is not None:
                    self.wrong.append(error)
                    return
                self.unknown.remove(events)
                for event, stored in zip(events, result["results"]):
                    self.acknowledged[event["id"]] = stored["seq"]
        except Closed:
            pass
        finally:
            self.client.close()


def check_acknowledged(client, acknowledged, sample):
    for name in sample:
        event = client.call("get", {"id": name})["events"][0]
        assert event["seq"] == acknowledged[name], (name, event["seq"], acknowledged[name])


def send_again(client, requests, acknowledged):
    """What had no answer gets one now: stored before, whole, or stored now, whole."""
    dups = 0
    for events in requests:
        result = client.call("append", {"events": events})
        kinds = {stored["dup"] for stored in result["results"]}
        assert len(kinds) == 1, "a request was stored in part"
        dups += kinds.pop()
        seqs = [stored["seq"] for stored in result["results"]]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), "a request was torn apart"
        for event, seq in zip(events, seqs):
            acknowledged[event["id"]] = seq
    return dups


def cycle(daemon, number, dice, acknowledged):
    daemon.start()
    with daemon.client() as client:
        loads = [Load(daemon.socket, type(client), f"{'abc'[i]}{number}", dice)
                 for i in range(CONNECTIONS)]
        for load in loads:
            load.start()
        time.sleep(dice.uniform(0.005, 0.08))
        daemon.kill()
        for load in loads:
            load.join()
            assert not load.wrong, load.wrong
            acknowledged.update(load.acknowledged)
    fresh = [name for load in loads for name in load.acknowledged]
    daemon.start()
    with daemon.client() as client:
        check_acknowledged(client, acknowledged, dice.sample(fresh, min(len(fresh), 20)))
        known = list(acknowledged) if number % 50 == 49 else []
        check_acknowledged(client, acknowledged, known[:: max(1, len(known) // 200)])
        dups = sum(send_again(client, load.unknown, acknowledged) for load in loads)
    daemon.kill()
    return len(fresh), dups


def check_all(daemon, acknowledged):
    """Every event of the log once, gapless, and every acknowledged one in its place."""
    daemon.start()
    found = {}
    with daemon.client() as client:
        position = 1
        while position is not None:
            answer = client.call("read", {"from": position, "limit": 1000})
            for event in answer["events"]:
                assert event["seq"] == len(found) + 1, "a gap"
                assert event["id"] not in found, "stored twice"
                found[event["id"]] = event["seq"]
            position = answer["next"]
        for name, seq in acknowledged.items():
            assert found[name] == seq, (name, seq, found.get(name))
        head = answer["head"]
    assert daemon.stop() == 0
    return head


def main():
    seed = int(os.environ.get("KILL9_SEED", str(time.time_ns() % 1000000)))
    print(f"seed {seed}")
    dice = random.Random(seed)
    acknowledged = {}
    events = dups = 0
    begin = time.monotonic()
    with Daemon(options=["--ephemeral"]) as daemon:
        for number in range(CYCLES // 2):  # each is two starts and two kills
            more, again = cycle(daemon, number, dice, acknowledged)
            events += more
            dups += again
        head = check_all(daemon, acknowledged)
    print(f"{CYCLES} kills in {time.monotonic() - begin:.0f} s: {events} events acknowledged "
          f"under load, {dups} unanswered requests had been stored, head {head}")


main()
