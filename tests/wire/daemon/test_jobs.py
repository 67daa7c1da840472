#!/usr/bin/python3
"""Jobs in child processes: told of now and then, ended when cancelled, gone when they end."""

import os
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, note, wait_until  # noqa: E402

APPENDS = 200
EVENTS = 1000  # each
IN_FLIGHT = 4
GRACE = 1.0  # seconds between SIGTERM and SIGKILL


def fill(client):
    """Enough that to verify or fold it takes some time, in more blocks than a hundred."""
    for i in range(APPENDS):
        client.request("append", {"events": [note(f"{i}-{k}") for k in range(EVENTS)]})
        if i >= IN_FLIGHT:
            assert client.answer()[1] is None
    for _ in range(IN_FLIGHT):
        assert client.answer()[1] is None


def stopped(child):
    with open(f"/proc/{child}/stat", encoding="ascii") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "T"


def words_of(process):
    with open(f"/proc/{process}/cmdline", "rb") as file:
        return file.read()


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().start()
        with cls.daemon.client() as client:
            fill(client)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.remove()

    def setUp(self):
        self.client = self.daemon.client()
        self.addCleanup(self.client.close)

    def children(self):
        pid = self.daemon.process.pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]

    def executing(self):
        """Those past exec, which the daemon waits for."""
        own = words_of(self.daemon.process.pid)
        return [child for child in self.children() if words_of(child) != own]

    def state(self, job):
        return self.client.call("job.status", {"job": job})["state"]

    def told(self, job):
        """The notifications about it that are there."""
        self.client.call("ping")  # what was sent before the answer has come
        return [params for _, method, params in self.client.notifications
                if method == "job.progress" and params[0] == job]

    def check_cancelled(self, job, seconds):
        """It is over for the client at once, and for the system in time."""
        self.assertEqual(self.state(job), "cancelled")
        count = len(self.told(job))
        self.assertTrue(wait_until(lambda: not self.children(), seconds), "it is still there")
        self.assertEqual(self.state(job), "cancelled")
        self.assertEqual(len(self.told(job)), count, "told of after it was cancelled")

    def test_cancelling_ends_the_child(self):
        for method in ("verify", "rebuild"):
            job = self.client.call(method)["job"]
            self.assertEqual(self.client.notification("job.progress")[0], job)
            self.assertEqual(len(self.children()), 1)
            self.assertEqual(self.client.call("job.cancel", {"job": job}), {"job": job})
            self.check_cancelled(job, 20)

    def test_a_child_that_does_not_listen_is_killed(self):
        job = self.client.call("verify")["job"]
        child, = self.children()
        os.kill(child, signal.SIGSTOP)  # SIGTERM waits until it goes on
        self.assertTrue(wait_until(lambda: stopped(child), 20))  # else SIGTERM comes first
        began = time.monotonic()
        self.client.call("job.cancel", {"job": job})
        self.client.call("job.cancel", {"job": job})  # says the same, and gives no more time
        self.check_cancelled(job, 20)
        self.assertGreaterEqual(time.monotonic() - began, GRACE)

    @unittest.skipIf(os.environ.get("ACCRUE_SANITIZE") == "thread", "has no threads: not built")
    def test_an_interrupted_command_cancels_its_job(self):
        accrue = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")
        for method, number in (("verify", signal.SIGINT), ("rebuild", signal.SIGTERM)):
            with subprocess.Popen(
                    [accrue, "--url", "unix:" + self.daemon.socket, "--lang", "en", method],
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as command:
                self.assertTrue(wait_until(self.executing))
                child, = self.executing()
                os.kill(child, signal.SIGSTOP)  # or it may have ended by itself
                command.send_signal(number)
                out, err = command.communicate(timeout=20)
            self.assertEqual((command.returncode, out), (1, ""))
            self.assertIn("cancelled", err)
            self.assertTrue(wait_until(lambda: not self.children(), 20), "it is still there")

    def test_the_cancelled_make_room(self):
        jobs = [self.client.call("verify")["job"] for _ in range(2)]
        for job in jobs:
            self.client.call("job.cancel", {"job": job})
        for job in jobs:
            self.check_cancelled(job, 20)
        again = self.client.call("verify")["job"]
        self.assertTrue(wait_until(lambda: self.state(again) == "done"))

    def test_progress_is_told_now_and_then(self):
        began = time.monotonic()
        job = self.client.call("verify")["job"]
        self.assertTrue(wait_until(lambda: self.state(job) != "running"))
        tenths = int((time.monotonic() - began) * 10)
        told = self.told(job)
        done = [params[1] for params in told]
        head = self.client.call("status")["head"]
        self.assertEqual(told[-1], [job, head, head, "events"])
        self.assertEqual(done, sorted(done))
        # The first at once, then one in 100 ms and in 1 % at most, and the last at the end.
        self.assertLessEqual(len(told), 2 + min(tenths, 100))
        for earlier, later in zip(done[:-1], done[1:-1]):
            self.assertGreaterEqual(later - earlier, head // 100)

    def test_told_to_stop_it_waits_for_no_child(self):
        with Daemon() as daemon:
            daemon.start()
            with daemon.client() as client:
                client.call("verify")
                pid = daemon.process.pid
                with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                    for child in file.read().split():
                        os.kill(int(child), signal.SIGSTOP)
            self.assertEqual(daemon.stop(), 0)


if __name__ == "__main__":
    unittest.main()
