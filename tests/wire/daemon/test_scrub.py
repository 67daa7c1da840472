#!/usr/bin/python3
"""The daily scrub: the daemon reads its whole log by itself, slowly, and says what it finds."""

import os
import re
import subprocess
import sys
import time
import unittest

TESTS = os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests")
sys.path[:0] = [os.path.join(TESTS, "support"), os.path.join(TESTS, "wire", "http")]
from accrued import note, program, wait_until  # noqa: E402
from web import WebDaemon  # noqa: E402

MIB = 1 << 20
MARK = b"to-be-found-again"


def fill(client, mebibytes):
    for i in range(mebibytes):
        client.call("append", {"events": [note(f"{i}-{k}", fill=10000) for k in range(100)]})


def flip(daemon):
    """A bit wherever the mark lies in the file, in pages of older states too."""
    with open(os.path.join(daemon.data, "data.mdb"), "r+b") as file:
        data = file.read()
        at = data.find(MARK)
        assert at > 0
        while at >= 0:
            file.seek(at)
            file.write(bytes([data[at] ^ 1]))
            at = data.find(MARK, at + 1)


class Scrub(unittest.TestCase):
    def start(self, *options):
        daemon = WebDaemon(options)
        self.addCleanup(daemon.remove)
        return daemon.start()

    def filled_before_the_scrub(self, mebibytes):
        """(daemon, seq of the marked event): its scrub has not begun. A slow machine needs more
        time to fill the log."""
        for seconds in (2, 10, 40):
            daemon = self.start("--scrub-after", str(seconds))
            with daemon.client() as client:
                last = client.call("append", {"events": [note(MARK.decode())]})["last"]
                fill(client, mebibytes)
                scrub = client.call("status")["scrub"]
            if not scrub["running"] and scrub["time"] == 0:
                return daemon, last
            daemon.remove()
        self.fail("40 s are not enough to write the log")

    def test_a_whole_log(self):
        daemon = self.start("--scrub-after", "1")
        with daemon.client() as client:
            self.assertEqual(client.call("status")["scrub"]["result"], "")
            self.assertTrue(wait_until(lambda: client.call("status")["scrub"]["time"] != 0))
            status = client.call("status")
            self.assertEqual(status["scrub"]["result"], "OK")
            self.assertEqual(status["scrub"]["seq"], status["head"])
            self.assertEqual(status["state"], "ready")
        self.assertEqual(daemon.stop(), 0)

    def test_rot_is_found_and_told(self):
        daemon, last = self.filled_before_the_scrub(1)
        flip(daemon)
        with daemon.client() as client:
            self.assertTrue(wait_until(lambda: client.call("status")["state"] == "corrupt"))
            for target in ("/healthz", "/readyz"):
                answer = daemon.ask("GET", target)
                self.assertEqual((answer.status, answer.body), (503, b"corrupt\n"))
            scrub = client.call("status")["scrub"]
            self.assertEqual(scrub["result"], "CORRUPT")
            seqs = re.search(r"seqs=(\d+)\.\.(\d+)", scrub["detail"])
            self.assertTrue(int(seqs[1]) <= last <= int(seqs[2]), scrub)
            client.call("append", {"events": [note("after")]})
        self.assertIn("the scrub found the log corrupt", daemon.said())
        self.assertEqual(daemon.stop(), 75)

    def test_off(self):
        daemon = self.start("--scrub", "no", "--scrub-after", "1")
        with daemon.client() as client:
            self.assertFalse(client.call("status")["scrub"]["on"])
            time.sleep(1.5)
            self.assertEqual(client.call("status")["scrub"]["time"], 0)

    def test_it_keeps_to_its_pace(self):
        daemon = self.start("--scrub", "no")
        with daemon.client() as client:
            fill(client, 3)
            used = client.call("status")["bytes"]["log_used"]
            began = time.monotonic()
            done = subprocess.run([program(), "--worker", "scrub", "--data", daemon.data],
                                  stdout=subprocess.PIPE, encoding="ascii", check=True)
            self.assertGreaterEqual(time.monotonic() - began, used // MIB)
            head = client.call("status")["head"]
        self.assertEqual(done.stdout, f"result OK events={head}\n")

    def test_a_stop_waits_for_no_scrub(self):
        daemon, _ = self.filled_before_the_scrub(20)
        with daemon.client() as client:
            self.assertTrue(wait_until(lambda: client.call("status")["scrub"]["running"]))
        began = time.monotonic()
        self.assertEqual(daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 15)


if __name__ == "__main__":
    unittest.main()
