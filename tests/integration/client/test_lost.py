#!/usr/bin/python3
"""libaccrue's blocking calls through connections that are lost at every place: an event is stored
once, a tail neither skips nor repeats, and what is unknown is called so."""

import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, note  # noqa: E402
from proxy import Proxy  # noqa: E402

STORY = os.path.join(os.path.dirname(os.environ["ACCRUE_BIN_DIR"]), "tests", "bin",
                     "client_story")


class Lost(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.remove)

    def proxy(self, *plan):
        proxy = Proxy(self.daemon.directory, self.daemon.socket, plan)
        self.addCleanup(proxy.close)
        return proxy

    def story(self, url, *words, status=0):
        done = subprocess.run([STORY, url] + [str(word) for word in words], timeout=60,
                              stdout=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, status, done.stdout)
        return done.stdout.split("\n")[:-1]

    def stored(self):
        with self.daemon.client() as client:
            events = []
            at = 1
            while at is not None:
                answer = client.call("read", {"from": at, "limit": 1000})
                events += answer["events"]
                at = answer["next"]
            return events

    def ids(self):
        return [event["id"] for event in self.stored() if event["type"] == "x.test.note"]

    def test_cut_before_the_request_arrives(self):
        proxy = self.proxy(("to", 1), None)
        self.assertEqual(len(self.story(proxy.url, "append", "a", 3)), 1)
        self.assertEqual(self.ids(), ["a-0", "a-1", "a-2"])
        self.assertEqual(len(proxy.requests), 2)
        self.assertEqual(proxy.requests[0][1], proxy.requests[1][1])

    def test_cut_before_the_answer_arrives(self):
        proxy = self.proxy(("from", 1), None)
        told = self.story(proxy.url, "append", "b", 2)
        stored = [e["seq"] for e in self.stored() if e["type"] == "x.test.note"]
        self.assertEqual(told, [f"{stored[0]} {stored[-1]}"])
        self.assertEqual(self.ids(), ["b-0", "b-1"])
        self.assertEqual(proxy.requests[0][1], proxy.requests[1][1])

    def test_cut_again_and_again(self):
        proxy = self.proxy(("from", 1), ("to", 0), ("from", 0), ("to", 1), ("from", 1), None)
        self.story(proxy.url, "append", "c", 1)
        self.assertEqual(self.ids(), ["c-0"])
        self.assertEqual(len(proxy.requests), 6)

    def test_no_answer_is_an_unknown_outcome(self):
        proxy = self.proxy(("hold", 1))
        begin = time.monotonic()
        self.assertEqual(self.story(proxy.url, "append", "d", 1, 300, status=1),
                         ["UNKNOWN_OUTCOME"])
        self.assertLess(time.monotonic() - begin, 10)

    def test_a_peer_that_always_closes_is_not_hammered(self):
        proxy = self.proxy(("from", 1))
        self.assertEqual(self.story(proxy.url, "append", "e", 1, 1000, status=1),
                         ["UNKNOWN_OUTCOME"])
        self.assertLess(len(proxy.requests), 12)
        self.assertEqual(self.ids(), ["e-0"])

    def test_nobody_there(self):
        self.daemon.stop()
        self.assertEqual(self.story("unix:" + self.daemon.socket, "append", "f", 1, status=1),
                         ["UNAVAILABLE"])
        self.assertEqual(self.story("tcp:nowhere:1", "append", "f", 1, status=1), ["BAD_PARAMS"])

    def test_many_under_way(self):
        proxy = self.proxy(("from", 100), ("to", 50), ("from", 1), ("from", 30), None)
        told = [int(line) for line in self.story(proxy.url, "flood", 500)]
        self.assertEqual(self.ids(), [f"flood-{i}" for i in range(500)])
        self.assertEqual(told, sorted(set(told)))

    def test_pauses_grow_beyond_a_short_poll(self):
        proxy = self.proxy(("from", 1), *[("from", 0)] * 6, None)
        self.assertEqual(len(self.story(proxy.url, "flood", 20)), 20)
        self.assertEqual(self.ids(), [f"flood-{i}" for i in range(20)])
        self.assertEqual(len(proxy.requests), 8)

    def fill(self, count):
        with self.daemon.client() as client:
            for begin in range(0, count, 500):
                client.call("append", {"events": [note(f"n-{i}") for i in range(
                    begin, min(begin + 500, count))]})

    def test_a_tail_neither_skips_nor_repeats(self):
        self.fill(3000)
        proxy = self.proxy(("from", 3), ("from", 1), ("from", 2), ("to", 1), ("from", 5), None)
        whole = [f"{event['seq']} {event['id']}" for event in self.stored()]
        self.assertEqual(self.story(proxy.url, "tail", len(whole)), whole)
        self.assertGreaterEqual(len(proxy.requests), 6)

    def test_a_tail_goes_on_over_a_restart(self):
        self.fill(10)
        url = "unix:" + self.daemon.socket
        with subprocess.Popen([STORY, url, "tail", "40"], stdout=subprocess.PIPE,
                              text=True) as tail:
            lines = [tail.stdout.readline() for _ in range(11)]
            self.daemon.stop()
            self.daemon.start()
            self.fill(10)  # dups
            with self.daemon.client() as client:
                client.call("append", {"events": [note(f"m-{i}") for i in range(40)]})
            lines += tail.stdout.readlines()
            self.assertEqual(tail.wait(), 0, lines)
        whole = [f"{event['seq']} {event['id']}\n" for event in self.stored()]
        self.assertEqual(lines, whole[:40])


if __name__ == "__main__":
    unittest.main(verbosity=2)
