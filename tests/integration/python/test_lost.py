#!/usr/bin/python3
"""The Python package through connections that are lost at every place: an event is stored once, a
tail neither skips nor repeats, and what is unknown is called so."""

import time
import unittest

import places  # noqa: F401  finds the packages below
import accrue
from accrued import Daemon, note
from proxy import Proxy


class Lost(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.remove)

    def through(self, *plan, **more):
        self.proxy = Proxy(self.daemon.directory, self.daemon.socket, plan)
        self.addCleanup(self.proxy.close)
        connection = accrue.Connection(self.proxy.url, **more)
        self.addCleanup(connection.close)
        return connection

    def stored(self):
        with accrue.Connection(self.daemon.socket) as connection:
            return list(connection.tail(follow=False))

    def ids(self):
        return [event["id"] for event in self.stored() if event["type"] == "x.test.note"]

    def fill(self, begin, end):
        with accrue.Connection(self.daemon.socket) as connection:
            for at in range(begin, end, 500):
                connection.append([note(f"n-{i}") for i in range(at, min(at + 500, end))])

    def test_cut_before_the_request_arrives(self):
        connection = self.through(("to", 1), None)
        done = connection.append([note("a-0"), note("a-1")])
        self.assertEqual(self.ids(), ["a-0", "a-1"])
        self.assertFalse(done.results[0]["dup"])
        self.assertEqual(self.proxy.requests[0][1], self.proxy.requests[1][1])

    def test_cut_before_the_answer_arrives(self):
        connection = self.through(("from", 1), None)
        done = connection.append({**note("x"), "id": None})
        self.assertTrue(done.results[0]["dup"])
        self.assertEqual(self.ids(), [done.events[0]["id"]])
        self.assertEqual(self.proxy.requests[0][1], self.proxy.requests[1][1])

    def test_cut_again_and_again(self):
        connection = self.through(("from", 1), ("to", 0), ("from", 0), ("to", 1), ("from", 1), None)
        connection.append(note("c-0"))
        self.assertEqual(self.ids(), ["c-0"])
        self.assertEqual(len(self.proxy.requests), 6)

    def test_no_answer_is_an_unknown_outcome(self):
        connection = self.through(("hold", 1))
        begin = time.monotonic()
        with self.assertRaises(accrue.UnknownOutcome) as caught:
            connection.append({**note("d"), "id": None}, timeout=0.3)
        self.assertLess(time.monotonic() - begin, 10)
        with accrue.Connection(self.daemon.socket) as direct:
            self.assertTrue(direct.append(caught.exception.events).results[0]["dup"])
        with self.assertRaises(accrue.Unavailable):  # a question is never unknown
            connection.query("outstanding", timeout=0.2)
        with self.assertRaises(accrue.Unavailable):
            connection.append(note("d-2"), dry=True, timeout=0.2)

    def test_a_peer_that_always_closes_is_not_hammered(self):
        connection = self.through(("from", 1))
        with self.assertRaises(accrue.UnknownOutcome):
            connection.append(note("e-0"), timeout=1)
        self.assertLess(len(self.proxy.requests), 12)
        self.assertEqual(self.ids(), ["e-0"])

    def test_what_must_not_be_repeated_is_not(self):
        connection = self.through(("from", 1), None)
        with self.assertRaises(accrue.Unavailable):
            connection.call("verify")
        self.assertEqual(connection.status()["state"], "ready")

    def test_the_daemon_starts_again(self):
        connection = self.through(None)
        connection.append(note("f-0"))
        self.daemon.stop()
        with self.assertRaises(accrue.Unavailable):
            connection.append(note("f-1"), timeout=0.2)  # never sent: certainly not stored
        self.daemon.start()
        connection.append(note("f-1"))
        self.assertEqual(self.ids(), ["f-0", "f-1"])

    def test_a_tail_neither_skips_nor_repeats(self):
        self.fill(0, 3000)
        whole = self.stored()
        connection = self.through(("from", 3), ("from", 1), ("from", 2), ("from", 5), None)
        tail = connection.tail()
        self.assertEqual([next(tail) for _ in whole], whole)
        self.assertGreaterEqual(len(self.proxy.requests), 5)

    def test_a_tail_goes_on_over_a_restart_and_from_its_position(self):
        self.fill(0, 10)
        connection = self.through(None)
        tail = connection.tail(types="x.*")
        ids = [next(tail)["id"] for _ in range(5)]
        self.daemon.stop()
        self.daemon.start()
        self.fill(10, 20)
        ids += [next(tail)["id"] for _ in range(10)]
        with accrue.Connection(self.daemon.socket) as other:
            ids += [event["id"] for event in other.tail(tail.position, follow=False, types="x.*")]
        self.assertEqual(ids, [f"n-{i}" for i in range(20)])

    def test_a_log_that_was_restored_is_sent_nothing(self):
        connection = self.through(None)
        head = connection.append(note("g-0")).last
        connection.remember(connection.log_id, head + 5)  # seen by another process
        self.daemon.stop()
        self.daemon.start()
        for _ in range(2):
            with self.assertRaises(accrue.Rejected) as caught:
                connection.append(note("g-1"))
            self.assertEqual(caught.exception.code, "CORRUPT")
        self.assertEqual(self.ids(), ["g-0"])
        connection.accept_restored()
        connection.append(note("g-1"))
        self.assertEqual(self.ids(), ["g-0", "g-1"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
