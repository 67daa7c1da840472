#!/usr/bin/python3
"""A full disk is an answer, not an accident: DISK_FULL, nothing stored of that request, reads go
on, appends resume once there is space, and nothing that was acknowledged is missing."""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, Refused, note  # noqa: E402

DISK = "48m"
ROUNDS = 8


def fill(client, name, acknowledged, most=4000):
    """Append until the disk is full; gives the code of the refusal."""
    for i in range(most):
        events = [note(f"{name}-{i}-{j}", fill=2000) for j in range(20)]
        try:
            result = client.call("append", {"events": events})
        except Refused as refused:
            for event in events:  # nothing of it was stored
                try:
                    client.call("get", {"id": event["id"]})
                except Refused as absent:
                    assert absent.code == "NOT_FOUND", absent
                else:
                    raise AssertionError("stored, and refused")
            return refused.code
        for event, stored in zip(events, result["results"]):
            acknowledged[event["id"]] = stored["seq"]
    return None


def check(client, acknowledged):
    names = list(acknowledged)
    for name in names[:: max(1, len(names) // 100)]:
        event = client.call("get", {"id": name})["events"][0]
        assert event["seq"] == acknowledged[name]


def run(directory):
    acknowledged = {}
    ballast = os.path.join(directory, "ballast")
    with open(ballast, "wb") as file:
        file.write(bytes(30 << 20))
    with Daemon(directory, ["--ephemeral"]) as daemon:
        daemon.start()
        with daemon.client() as client:
            for number in range(ROUNDS):
                code = fill(client, f"r{number}", acknowledged)
                assert code == "DISK_FULL", code
                check(client, acknowledged)
                assert fill(client, f"again{number}", acknowledged) == "DISK_FULL"
                if number == ROUNDS - 1:
                    break
                os.truncate(ballast, os.path.getsize(ballast) - (3 << 20))  # space is freed
                one = client.call("append", {"events": [note(f"free{number}")]})
                acknowledged[f"free{number}"] = one["first"]
        assert daemon.stop() == 0
        daemon.start()
        with daemon.client() as client:
            check(client, acknowledged)
            head = client.call("status")["head"]
            assert head >= len(acknowledged)
        assert daemon.stop() == 0
    print(f"{ROUNDS} times full and freed, {len(acknowledged)} events acknowledged, none missing")


def main():
    with tempfile.TemporaryDirectory(prefix="accrued-full-") as directory:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", directory],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            print("skipped: no file system can be mounted here:", mounted.stderr.decode().strip())
            sys.exit(77)
        try:
            run(directory)
        finally:
            subprocess.run(["umount", directory], check=False)


main()
