#!/usr/bin/python3
"""What is said over HTTP once a commit has failed. fdatasync fails by strace's injection, as in
tests/crash/daemon/test_io_error.py: the group in it is of unknown outcome, what comes later is
refused for good, and what is durable can be read."""

import os
import shutil
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import WebDaemon, note  # noqa: E402

SYNCS = 6  # that a start and the first commits have
STRACE = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync",
          "-e", f"inject=fdatasync:error=EIO:when={SYNCS}+"]
EX_IOERR = 74


@unittest.skipUnless(shutil.which("strace"), "no strace here")
class FailedCommit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon(["--ephemeral"]).start()  # the log is made on a good disk
        assert cls.daemon.stop() == 0
        cls.daemon.before = STRACE
        cls.web = cls.daemon.start().web()
        cls.stored = []
        while len(cls.stored) < 2 * SYNCS:
            name = f"e{len(cls.stored)}"
            cls.failed = cls.append(name)
            if cls.failed.status != 200:
                break
            cls.stored.append((name, cls.failed.json["first"]))

    @classmethod
    def tearDownClass(cls):
        cls.web.close()
        ended = cls.daemon.stop_traced()
        cls.daemon.remove()
        assert ended == EX_IOERR, ended

    @classmethod
    def append(cls, name, **more):
        return cls.web.ask("POST", "/v1/append", {"events": [note(name)], **more})

    def test_the_outcome_of_what_was_in_it_is_unknown(self):
        self.assertTrue(self.stored)
        told = (self.failed.status, self.failed.json["code"], self.failed.json["retry"])
        self.assertEqual(told, (500, "UNKNOWN_OUTCOME", False))
        self.assertNotIn("retry-after", self.failed.headers)

    def test_later_appends_are_refused_for_good(self):
        """Also one that was stored before, one of unknown outcome, and one that stores nothing."""
        for name, more in (("later", {}), (self.stored[0][0], {}), (f"e{len(self.stored)}", {}),
                           ("dry", {"dry": True})):
            answer = self.append(name, **more)
            self.assertEqual((answer.status, answer.json["code"]), (503, "READ_ONLY"), name)
            self.assertIn("state=poisoned", answer.json["detail"])
            self.assertFalse(answer.json["retry"])
            self.assertNotIn("retry-after", answer.headers)  # it does not mend by itself
            self.assertEqual(answer.headers["connection"], "keep-alive")

    def test_what_is_durable_can_be_read(self):
        for name, seq in self.stored:
            event = self.web.ask("GET", f"/v1/get?id={name}").json["events"][0]
            self.assertEqual((event["id"], event["seq"]), (name, seq))
        self.assertEqual(self.web.ask("GET", f"/v1/get?id=e{len(self.stored)}").status, 404)
        answer = self.web.ask("GET", "/v1/query/outstanding")
        self.assertEqual((answer.status, answer.json["at"]), (200, self.stored[-1][1]))
        status = self.web.ask("GET", "/v1/status").json
        self.assertEqual((status["state"], status["head"]), ("poisoned", self.stored[-1][1]))

    def test_health(self):
        for target in ("/healthz", "/readyz"):
            answer = self.web.ask("GET", target)
            self.assertEqual((answer.status, answer.body), (503, b"poisoned\n"))


if __name__ == "__main__":
    unittest.main()
