#!/usr/bin/python3
"""P10: a failed commit is the end of writing. The syscalls of a commit fail by strace's injection,
the n-th and all after it, for several n. Then: what was in the group is UNKNOWN_OUTCOME, later
appends are READ_ONLY, nothing is acknowledged any more, reads go on at the last durable seq, the
process ends with 74, and it does not start over that log without being told to."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, Refused, note  # noqa: E402

CASES = [("fdatasync", 12), ("fdatasync", 25), ("pwrite64", 60), ("pwrite64", 61)]
APPENDS = 60


def load(client, acknowledged):
    """Gives the codes of the refusals, in order."""
    codes = []
    for i in range(APPENDS):
        try:
            result = client.call("append", {"events": [note(f"e{i}")]})
        except Refused as refused:
            codes.append(refused.code)
            continue
        assert not codes, "acknowledged after a failure"
        acknowledged[f"e{i}"] = result["first"]
    return codes


def check_reads(client, acknowledged):
    for name, seq in acknowledged.items():
        assert client.call("get", {"id": name})["events"][0]["seq"] == seq
    head = client.call("status")["head"]
    assert not acknowledged or head == max(acknowledged.values()), (head, acknowledged)


def run(syscall, when):
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={syscall}",
              "-e", f"inject={syscall}:error=EIO:when={when}+"]
    acknowledged = {}
    with Daemon(options=["--ephemeral"]) as daemon:
        daemon.start()  # the log is made on a good disk
        assert daemon.stop() == 0
        daemon.before = strace
        daemon.start()
        with daemon.client() as client:
            codes = load(client, acknowledged)
            assert codes, f"{syscall}: {when} was never reached"
            assert codes[0] in ("UNKNOWN_OUTCOME", "DISK_FULL"), codes
            if codes[0] == "UNKNOWN_OUTCOME":
                assert set(codes[1:]) <= {"READ_ONLY"}, codes
                assert client.call("status")["state"] == "poisoned"
            check_reads(client, acknowledged)
        poisoned = codes[0] == "UNKNOWN_OUTCOME"
        code = daemon.stop_traced()
        assert code == (74 if poisoned else 0), code
        daemon.before = []
        if poisoned:
            check_restart(daemon, acknowledged)
    print(f"{syscall} from call {when} on: {len(acknowledged)} acknowledged, then {codes[0]}")
    return poisoned


def check_restart(daemon, acknowledged):
    """Not without being told to, and then nothing that was acknowledged is missing."""
    ours = daemon.launch()
    assert os.read(ours, 100) == b"", "started over a disk that lied"
    os.close(ours)
    assert daemon.process.wait(30) == 75
    daemon.options.append("--after-io-error")
    daemon.start()
    with daemon.client() as client:
        for name, seq in acknowledged.items():
            assert client.call("get", {"id": name})["events"][0]["seq"] == seq
        client.call("append", {"events": [note("after")]})
    assert daemon.stop() == 0


def main():
    if shutil.which("strace") is None:
        print("skipped: there is no strace")
        sys.exit(77)
    poisoned = [run(syscall, when) for syscall, when in CASES]
    assert any(poisoned), "no case failed a commit"


main()
