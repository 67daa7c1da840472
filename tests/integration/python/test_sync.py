#!/usr/bin/python3
"""The Python package, blocking: events are stored, or refused with a reason, read and counted."""

import datetime
import decimal
import os
import socket
import unittest

import places  # noqa: F401  finds the packages below
import accrue
from accrued import Daemon, note


def party(name):
    return {"type": "party.registered", "agg": name, "data": {"name": name, "kind": "university"}}


def contract(name):
    """A licence for 1,000.00 yuan, due on a day."""
    return {"type": "contract.signed", "agg": name, "data": {
        "title": "许可", "type": "license", "subtype": "patent", "ip_kind": "invention",
        "field": "electronics", "effective_rule": "immediate", "total_basis": "fixed",
        "sign_date": datetime.date(2025, 1, 2), "term_start": "2025-01-02", "currency": "CNY",
        "sellers": [{"party": "bkd", "share_ppm": 1_000_000}],
        "buyers": [{"party": "zhigan", "share_ppm": 1_000_000}],
        "total_fen": 100_000, "pay_mode": "lump", "obligations": [
            {"no": 1, "kind": "lump", "amount_fen": 100_000, "debtor": "zhigan", "creditor": "bkd",
             "due": {"base": "date", "date": datetime.date(2025, 3, 1)}}]}}


class Blocking(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon(options=["--ephemeral", "--listen", "tcp:127.0.0.1:0"])
        self.addCleanup(self.daemon.remove)
        self.daemon.start()
        self.connection = accrue.Connection(self.daemon.socket)
        self.addCleanup(self.connection.close)

    def refused(self, kind, code, ask, *words, **more):
        with self.assertRaises(kind) as caught:
            ask(*words, **more)
        self.assertEqual(caught.exception.code, code, caught.exception)
        return caught.exception

    def test_append_gives_ids_that_sort_by_time(self):
        head = self.connection.status()["head"]
        done = self.connection.append(party("bkd"))
        self.assertEqual((done.first, done.last), (head + 1, head + 1))
        self.assertEqual(self.connection.highest_seq, head + 1)
        event = self.connection.get(seq=done.last)
        self.assertEqual(event["id"], done.events[0]["id"])
        self.assertEqual(self.connection.get(id=event["id"]), event)
        self.assertEqual((event["id"][14], event["id"][19] in "89ab"), ("7", True))
        now = datetime.datetime.now().timestamp() * 1000
        self.assertLess(abs(int(event["id"].replace("-", "")[:12], 16) - now), 60_000)
        self.assertEqual(len({accrue.event_id() for _ in range(1000)}), 1000)

    def test_the_same_events_again_are_dups(self):
        events = [{**note("n-1"), "id": None}, note("n-2")]
        done = self.connection.append(events)
        self.assertEqual([result["dup"] for result in done.results], [False, False])
        again = self.connection.append(done.events)
        self.assertEqual([result["dup"] for result in again.results], [True, True])
        self.assertEqual((again.first, again.last), (done.first, done.last))
        self.assertIsNone(events[0]["id"])  # what was given is not touched
        other = {**done.events[0], "data": {}}
        self.assertEqual(self.refused(accrue.Rejected, "E_ID_REUSED", self.connection.append,
                                      other).index, 0)

    def test_a_refusal_tells_all_and_stores_nothing(self):
        self.connection.append([party("bkd"), party("zhigan"), contract("c-1")])
        head = self.connection.status()["head"]
        error = self.refused(accrue.Rejected, "E_NO_TRIAL", self.connection.append, [
            party("third"), {"type": "trial.converted", "agg": "c-1", "data": {
                "on": "2025-02-01", "pay_mode": "lump"}}])
        self.assertEqual((error.index, error.state), (1, "contract ACTIVE"))
        self.assertIn("contract.completed", error.legal)
        self.assertIn("E_NO_TRIAL", str(error))
        self.assertEqual(len(error.events), 2)
        error = self.refused(accrue.Rejected, "E_BAD_FIELD", self.connection.append, {
            **party("fourth"), "data": {"name": "x", "kind": "nothing"}})
        self.assertEqual((error.index, error.field), (0, "data.kind"))
        self.assertEqual(self.connection.status()["head"], head)

    def test_figures(self):
        self.connection.append([party("bkd"), party("zhigan"), contract("c-1")])
        dry = self.connection.append(contract("c-2"), dry=True)
        self.assertIn("effects", dry.results[0])
        self.assertIsInstance(dry.figures, list)
        self.assertLess(self.connection.highest_seq, dry.last)
        answer = self.connection.query("outstanding", {"by": "debtor"},
                                       as_of=datetime.date(2025, 3, 31))
        self.assertEqual(answer["at"], self.connection.highest_seq)
        row = answer["rows"][0]
        self.assertEqual((row["key"], row["outstanding"]), ("zhigan", 100_000))
        self.assertEqual(answer["total"][0]["outstanding"], 100_000)
        why = self.connection.explain("outstanding", "zhigan", {"by": "debtor"},
                                      as_of="2025-03-31")
        self.assertEqual([(row["agg"], row["amount"]) for row in why["rows"]],
                         [("c-1", 100_000)])
        self.refused(accrue.Rejected, "NOT_FOUND", self.connection.query, "nothing")
        self.refused(accrue.Unavailable, "UNAVAILABLE", self.connection.query, "outstanding",
                     min_seq=10_000)

    def test_read_pages_and_filters(self):
        self.connection.append([note(f"n-{i}") for i in range(30)])
        seqs, at = [], 1
        while at is not None:
            page = self.connection.read(at, limit=7, types="x.test.*")
            seqs += [event["id"] for event in page["events"]]
            at = page["next"]
        self.assertEqual(seqs, [f"n-{i}" for i in range(30)])
        self.refused(accrue.Rejected, "NOT_FOUND", self.connection.get, id="nowhere")
        self.assertGreater(self.connection.ping(), 1_700_000_000_000_000)
        self.assertIn("load", self.connection.call("hello")["features"])

    def test_what_the_wire_does_not_know_is_not_sent(self):
        for value, why in ((decimal.Decimal("1.5"), "Decimal"), (1.5, "fen"), (1 << 53, "2^53"),
                           ("\ud800", "Unicode"), ({1: 2}, "key"), ({1, 2}, "set"),
                           (datetime.datetime.now(), "datetime")):
            error = self.refused(accrue.Rejected, "BAD_PARAMS", self.connection.append, [
                note("a"), {**note("b"), "data": {"list": [0, value]}}])
            self.assertEqual((error.index, error.field), (1, "data.list[1]"))
            self.assertIn(why, str(error))
        deep = []
        for _ in range(20):
            deep = [deep]
        self.refused(accrue.Rejected, "TOO_LARGE", self.connection.append, {
            **note("c"), "data": {"deep": deep}})
        self.refused(accrue.Rejected, "TOO_LARGE", self.connection.append, [
            note(f"n-{i}", fill=5000) for i in range(900)])
        self.refused(accrue.Rejected, "TOO_LARGE", self.connection.append, [
            {**note(f"n-{i}"), "data": {"list": [0] * 600}} for i in range(999)])
        self.refused(accrue.Rejected, "BAD_PARAMS", self.connection.append, ["text"])
        integral = self.connection.append({**note("d"), "data": {"n": 2.0}})
        self.assertEqual(self.connection.get(seq=integral.last)["data"]["n"], 2)

    def test_addresses(self):
        tcp = next(word for word in self.daemon.ready.split() if word.startswith("socket=tcp:"))
        for url in (tcp.removeprefix("socket="), "unix:" + self.daemon.socket):
            with accrue.Connection(url) as connection:
                self.assertEqual(connection.log_id, self.connection.log_id)
        os.environ["ACCRUE_URL"] = self.daemon.socket
        self.addCleanup(os.environ.pop, "ACCRUE_URL")
        with accrue.Connection() as connection:
            self.assertEqual(connection.status()["state"], "ready")
        for url in ("tcp:localhost:1", "tcp:127.0.0.1:0", "tcp:127.0.0.1", "unix:", "tcp:[::1:5"):
            self.refused(accrue.Rejected, "BAD_PARAMS", accrue.Connection, url)
        self.refused(accrue.Unavailable, "UNAVAILABLE", accrue.Connection,
                     self.daemon.socket + "-not")
        self.refused(accrue.Unavailable, "UNAVAILABLE", connection.status)  # it is closed

    def test_the_language_of_messages(self):
        with accrue.Connection(self.daemon.socket, language="zh") as connection:
            error = self.refused(accrue.Rejected, "E_UNKNOWN_TYPE", connection.append,
                                 {"type": "no.such", "agg": "x/y", "data": {}})
            self.assertRegex(str(error), "[一-鿿]")

    def test_a_tail(self):
        self.connection.append([note(f"n-{i}") for i in range(3000 // 3)])
        with self.connection.tail(follow=False, credit=10, types=["x.test.note"]) as tail:
            ids = [event["id"] for event in tail]
        self.assertEqual(ids, [f"n-{i}" for i in range(1000)])
        self.assertEqual(tail.position, self.connection.highest_seq + 1)
        with self.connection.tail("head") as tail, self.connection.tail("head") as other:
            self.assertIsNone(tail.next(0.05))
            done = self.connection.append([note("m-1"), note("m-2")])
            self.assertEqual(next(tail)["id"], "m-1")
            self.assertEqual(tail.position, done.last)
            self.assertEqual((next(tail)["seq"], tail.live), (done.last, True))
            self.assertEqual([next(other)["id"], next(other)["id"]], ["m-1", "m-2"])
        self.refused(accrue.Rejected, "BAD_PARAMS", self.connection.tail, flavour="sweet")
        self.assertEqual(self.connection.status()["tails"], 0)

    def test_not_a_daemon_at_all(self):
        path = os.path.join(self.daemon.directory, "other")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen()
            self.refused(accrue.Unavailable, "UNAVAILABLE", accrue.Connection, path, timeout=0.2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
