#!/usr/bin/python3
"""The examples in C as they are built: append, tail, and both on a libuv loop."""

import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon  # noqa: E402


def example(name, *words, status=0):
    done = subprocess.run([os.path.join(os.environ["ACCRUE_BIN_DIR"], "example_" + name), *words],
                          timeout=60, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert done.returncode == status, (name, done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr


class Examples(unittest.TestCase):
    def test_append_and_tail(self):
        with Daemon(options=["--ephemeral"]).start() as daemon:
            url = "unix:" + daemon.socket
            with daemon.client() as client:
                head = client.call("status")["head"]
            self.assertEqual(example("append", url, "ustb")[0],
                             f"durable at seq {head + 1}\n")
            told, _ = example("tail", url, str(head + 1))
            self.assertEqual(told.split("\n")[head], f"{head + 1} party.registered ustb")
            _, said = example("append", url, "ustb", status=1)  # another id, the same party
            self.assertIn("exists", said)

    def test_nobody_there(self):
        _, said = example("append", "unix:/nowhere/s", status=1)
        self.assertIn("UNAVAILABLE", said)

    def test_on_a_loop(self):
        with Daemon(options=["--ephemeral"]).start() as daemon:
            with daemon.client() as client:
                head = client.call("status")["head"]
            lines = example("uv", daemon.socket, str(head + 1))[0].split("\n")
            self.assertIn("x.example.visit", lines)
            self.assertIn(f"durable at seq {head + 1}", lines)

    def test_a_loop_waits_for_a_daemon_that_is_late(self):
        with Daemon(options=["--ephemeral"]) as daemon:
            with subprocess.Popen([os.path.join(os.environ["ACCRUE_BIN_DIR"], "example_uv"),
                                   daemon.socket, "1"], stdout=subprocess.PIPE,
                                  text=True) as program:
                time.sleep(0.5)  # several attempts
                daemon.start()
                lines = program.stdout.read().split("\n")
                self.assertEqual(program.wait(), 0, lines)
            self.assertTrue(lines[0].startswith("durable at seq "), lines)


if __name__ == "__main__":
    unittest.main(verbosity=2)
