#!/usr/bin/python3
"""The MessagePack-RPC session of pynvim as it comes: hello, append, read, outstanding, an error,
and notifications of a tail."""

import os
import sys

try:
    from pynvim.msgpack_rpc import socket_session
except ImportError:
    print("skipped: there is no pynvim")
    sys.exit(77)

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, note  # noqa: E402


def main():
    with Daemon(options=["--ephemeral"]) as daemon:
        daemon.start()
        session = socket_session(daemon.socket)
        session.error_wrapper = lambda error: Exception(error)  # what its own Nvim class does
        assert session.request("hello", {"client": "pynvim"})["proto"] == 1
        stored = session.request("append", {"events": [note("from-pynvim")]})
        events = session.request("read", {"from": stored["first"]})["events"]
        assert events[0]["id"] == "from-pynvim", events
        assert session.request("query", {"projection": "outstanding"})["unit"] == "fen"
        try:
            session.request("append", {"events": [{"id": "wrong"}]})
        except Exception as error:
            assert "E_MISSING_FIELD" in str(error), error
        else:
            raise AssertionError("no error")
        session.request("tail", {"from": stored["first"], "credit": 10, "sub": 3})
        message = session.next_message()
        assert message[:2] == ("notification", "tail.events"), message
        assert message[2][1][0]["id"] == "from-pynvim", message
        session.close()
    print("pynvim is content")


main()
