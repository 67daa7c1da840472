#!/usr/bin/python3
"""proto/PROTOCOL.md, spoken from scratch: python3-msgpack, a socket, and the page's words."""

import datetime
import hashlib
import json
import os
import re
import sys
import unittest

ROOT = os.environ["ACCRUE_SOURCE_DIR"]
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from accrued import Closed, Daemon, Refused, note, wait_until  # noqa: E402

import msgpack  # noqa: E402

BODY = ["actor", "agg", "cause", "corr", "corrects", "data", "docs", "id", "private_hash", "type",
        "ver"]
STAMP = ["agg_seq", "by", "flags", "recorded", "rules", "seq"]


def read_text(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def case(name):
    """The events of a file, as a client sends them now."""
    events = []
    for line in read_text("ops", "cases", name + ".ndjson").splitlines():
        event = json.loads(line)
        event.pop("recorded", None)
        events.append(event)
    return events


def canonical(value):
    """Part 5: keys sorted by their bytes at every level; msgpack packs the rest minimally."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode())
        return {key: canonical(value[key]) for key in keys}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return value


def leaf(event, effective_sent):
    body = {key: event[key] for key in BODY if key in event}
    if effective_sent:
        body["effective"] = event["effective"]
    stored = {"body": body, "stamp": {key: event[key] for key in STAMP},
              "effects": event["effects"], "touches": event["touches"]}
    return hashlib.sha256(b"\0" + msgpack.packb(canonical(stored))).digest()


class Protocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(options=["--ephemeral"]).start()

    @classmethod
    def tearDownClass(cls):
        assert cls.daemon.stop() == 0, cls.daemon.said()
        cls.daemon.remove()

    def setUp(self):
        self.client = self.daemon.client()
        self.name = self.id().rsplit(".", 1)[1][:40]

    def tearDown(self):
        self.client.close()

    def refused(self, method, params):
        with self.assertRaises(Refused) as caught:
            self.client.call(method, params)
        return caught.exception

    # ---- the page itself ----

    def test_every_code_is_in_the_page(self):
        table = read_text("proto", "status_list.h").split("#define WARNING_LIST")[0]
        codes = re.findall(r"X\((\w+), (-\d+),", table)
        page = read_text("proto", "PROTOCOL.md")
        self.assertGreater(len(codes), 60)
        for name, number in codes:
            self.assertIn(f"| `{name}` | {number} |", page)

    def test_every_method_is_in_the_page(self):
        page = read_text("proto", "PROTOCOL.md")
        for method in self.client.call("hello")["features"]:
            self.assertRegex(page, rf"(?m)^### .*\b{re.escape(method)}\b|`{re.escape(method)}")

    # ---- hello ----

    def test_hello_tells_limits_and_identity(self):
        hello = self.client.call("hello", {"proto": 1, "client": "test"})
        self.assertEqual(hello["proto"], 1)
        self.assertEqual(hello["identity"], f"uid:{os.geteuid()}")
        self.assertRegex(hello["log_id"], "^[0-9a-f]{32}$")
        self.assertEqual(hello["limits"], {
            "frame_bytes": 4 << 20, "depth": 16, "event_bytes": 48 << 10, "events": 1000,
            "inflight": 1024, "inflight_bytes": 8 << 20, "rows": 10000, "tails": 64,
            "credit": 100000})

    def test_hello_refuses_what_it_does_not_speak(self):
        self.assertEqual(self.refused("hello", {"proto": 2}).code, "NOPROTO")
        self.assertEqual(self.refused("hello", {"token": "x"}).code, "UNAUTHENTICATED")
        self.assertEqual(self.refused("hello", {"colour": 1}).code, "BAD_PARAMS")

    def test_errors_in_both_forms_and_languages(self):
        text = self.refused("append", {"events": [note("e", type="no.such")]}).error
        self.assertRegex(text, r"^E_UNKNOWN_TYPE index=0 field=type: ")
        self.client.call("hello", {"errors": "map", "lang": "zh"})
        error = self.refused("append", {"events": [note("e", type="no.such")]}).error
        self.assertEqual(set(error), {"code", "message", "index", "field", "state", "legal",
                                      "retry"})
        self.assertEqual((error["code"], error["index"], error["field"], error["state"],
                          error["legal"], error["retry"]),
                         ("E_UNKNOWN_TYPE", 0, "type", None, [], False))
        self.assertIn("事件", error["message"])

    # ---- messages ----

    def test_params_may_be_empty_and_unknown_keys_are_refused(self):
        self.client.send(msgpack.packb([0, 4000, "ping", []]))
        self.assertIn("time", self.client.answer()[2])
        self.assertEqual(self.refused("ping", {"x": 1}).code, "BAD_PARAMS")
        self.client.call("ping", {"_deadline_ms": 1000, "_trace": "00-ab-cd-01", "_client": "c"})
        self.client.send(msgpack.packb([0, 4001, "ping", [1, 2]]))
        self.assertRegex(self.client.answer()[1], "^BAD_PARAMS")

    def test_text_may_come_as_bytes_and_integers_as_floats(self):
        event = note(self.name)
        event[b"type"] = event.pop("type").encode()
        result = self.client.call("append", {"events": [event], "min_seq": 0.0})
        answer = self.client.call("get", {"seq": float(result["first"])})
        self.assertEqual(answer["events"][0]["id"], self.name)

    def test_what_is_no_message_ends_the_connection(self):
        for data in (b"GET / HTTP/1.1\r\n\r\n", b"\x94\xc1", b"\x94\xdd\x10\0\0\0",
                     msgpack.packb([7, 1, "ping", [{}]]), msgpack.packb([1, 1, None, None])):
            with self.subTest(data), self.daemon.client() as client:
                client.send(data)
                got, error, _ = client.answer()
                self.assertEqual(got, 0)
                self.assertRegex(error, "^(BAD_REQUEST|TOO_LARGE)")
                with self.assertRaises(Closed):
                    client.receive()

    def test_unknown_method(self):
        self.assertEqual(self.refused("appendix", {}).code, "UNKNOWN_METHOD")

    # ---- append ----

    def test_append_is_idempotent_for_ever(self):
        first = self.client.call("append", {"events": [note(self.name)]})
        again = self.client.call("append", {"events": [note(self.name)]})
        self.assertFalse(first["results"][0]["dup"])
        self.assertTrue(again["results"][0]["dup"])
        for key in ("seq", "agg_seq", "hash", "flags"):
            self.assertEqual(first["results"][0][key], again["results"][0][key])
        self.assertEqual(self.refused("append", {"events": [note(self.name, fill=41)]}).code,
                         "E_ID_REUSED")

    def test_append_is_whole_or_not_at_all(self):
        events = [note(f"{self.name}-{i}") for i in range(10)]
        events[7]["data"] = "not a map"
        self.client.call("hello", {"errors": "map"})
        error = self.refused("append", {"events": events}).error
        self.assertEqual((error["code"], error["index"], error["field"]),
                         ("E_BAD_FIELD", 7, "data"))
        self.assertEqual(self.refused("get", {"id": f"{self.name}-0"}).code, "NOT_FOUND")

    def test_expect_is_the_version_before(self):
        aggregate = "x/" + self.name
        self.client.call("append", {"events": [note(self.name + "1", aggregate, expect=0),
                                               note(self.name + "2", aggregate, expect=1)]})
        self.assertEqual(self.refused("append", {"events": [
            note(self.name + "3", aggregate, expect=0)]}).code, "E_VERSION_CONFLICT")
        third = note(self.name + "3", aggregate, expect=2)
        result = self.client.call("append", {"events": [third]})
        self.assertEqual(result["results"][0]["agg_seq"], 3)

    def test_dry_stores_nothing(self):
        result = self.client.call("append", {"events": [note(self.name)], "dry": True})
        self.assertTrue(result["dry"])
        self.assertIn("effects", result["results"][0])
        self.assertEqual(self.refused("get", {"id": self.name}).code, "NOT_FOUND")

    def test_refusals_of_append(self):
        for events, code in (([], "BAD_PARAMS"), ([note("e")] * 1001, "BAD_PARAMS"),
                             ([{"type": "x.a"}], "E_MISSING_FIELD"),
                             ([note("_e")], "E_BAD_FIELD"), ([note("e" * 65)], "E_BAD_FIELD"),
                             ([note("e", "x/a b")], "E_BAD_FIELD"),
                             ([note("e", "y/a")], "E_BAD_FIELD"),
                             ([note("e", type="system.started")], "E_UNKNOWN_TYPE"),
                             ([note("e", seq=7)], "BAD_PARAMS"),
                             ([note("e", data={"x": 1.5})], "E_BAD_FIELD"),
                             ([note("e", data={"x": 2**53})], "E_BAD_FIELD"),
                             ([note("e", fill=16 << 10)], "TOO_LARGE"),
                             ([note("e", "no-such-contract")], "E_UNKNOWN_AGGREGATE")):
            with self.subTest(code):
                self.assertEqual(self.refused("append", {"events": events}).code, code)
        self.assertEqual(self.refused("append", {"events": [note("e")], "min_seq": 2**50}).code,
                         "UNAVAILABLE")
        self.assertEqual(self.refused("load", {"events": [note("e")]}).code, "READ_ONLY")

    def test_appends_of_a_connection_keep_their_order(self):
        for i in range(300):
            self.client.request("append", {"events": [note(f"{self.name}-{i}", "x/" + self.name)]})
        seqs = {}
        for _ in range(300):
            got, error, result = self.client.answer()
            self.assertIsNone(error)
            seqs[got] = result["results"][0]["agg_seq"]
        self.assertEqual([seqs[got] for got in sorted(seqs)], list(range(1, 301)))

    # ---- events ----

    def test_the_leaf_hash_can_be_made_from_the_answer(self):
        self.client.call("append", {"events": [
            note(self.name + "1", actor="王", docs=[], corr="c", data={"é": [1, {"b": 1, "a": 2}]}),
            note(self.name + "2", effective="2024-02-29", private={"name": "x"})]})
        for number, sent in ((1, False), (2, True)):
            answer = self.client.call("get", {"id": f"{self.name}{number}"})
            event = answer["events"][0]
            self.assertEqual(leaf(event, sent), event["hash"])
            self.assertEqual(event["by"], f"uid:{os.geteuid()}")
            self.assertNotIn("private", event)
        self.assertEqual(len(event["private_hash"]), 32)

    def test_read_filters_and_goes_on(self):
        aggregate = "x/" + self.name
        events = [note(f"{self.name}-{i}", aggregate, type="x.a.odd" if i % 2 else "x.a.even",
                       actor=f"a{i % 3}", effective=f"2024-01-{i + 1:02}") for i in range(20)]
        first = self.client.call("append", {"events": events})["first"]

        def ids(**params):
            answer = self.client.call("read", {"agg": aggregate, **params})
            return [int(event["id"].rsplit("-", 1)[1]) for event in answer["events"]]

        self.assertEqual(ids(), list(range(20)))
        self.assertEqual(ids(types=["x.*.odd"]), list(range(1, 20, 2)))
        self.assertEqual(ids(actor="a1"), list(range(1, 20, 3)))
        self.assertEqual(ids(effective={"from": "2024-01-05", "to": "2024-01-07"}), [4, 5, 6])
        self.assertEqual(ids(**{"from": first + 18}), [18, 19])
        self.assertEqual(ids(to=first + 1), [0, 1])
        self.assertEqual(ids(reverse=True, limit=3), [19, 18, 17])
        page = self.client.call("read", {"agg": aggregate, "limit": 15})
        rest = self.client.call("read", {"agg": aggregate, "from": page["next"]})
        self.assertEqual(len(page["events"]) + len(rest["events"]), 20)
        self.assertIsNone(rest["next"])
        for params in ({"types": []}, {"flags": ["W_X"]}, {"limit": 1001}, {"agg": ""},
                       {"effective": "2024-01-01"}, {"from": -1}):
            self.assertEqual(self.refused("read", params).code, "BAD_PARAMS", params)

    def test_get_by_seq_and_id(self):
        seq = self.client.call("append", {"events": [note(self.name)]})["first"]
        self.assertEqual(self.client.call("get", {"seq": seq})["events"],
                         self.client.call("get", {"id": self.name})["events"])
        self.assertEqual(self.refused("get", {"seq": 2**50}).code, "NOT_FOUND")
        self.assertEqual(self.refused("get", {}).code, "BAD_PARAMS")

    # ---- tail ----

    def test_a_tail_sends_against_credit(self):
        aggregate = "x/" + self.name
        self.client.call("append", {"events": [note(f"{self.name}-{i}", aggregate)
                                               for i in range(30)]})
        opened = self.client.call("tail", {"from": "first", "credit": 10, "sub": 77,
                                           "agg": aggregate})
        self.assertEqual((opened["sub"], opened["from"]), (77, 1))
        got = []
        while len(got) < 10:
            sub, events, position = self.client.notification("tail.events")
            self.assertEqual(sub, 77)
            got += events
        self.assertEqual(len(got), 10)
        self.client.call("ping")
        self.assertEqual([m for m in self.client.notifications if m[1] == "tail.events"], [])
        self.assertEqual(self.client.call("tail.credit", {"sub": 77, "n": 5})["credit"], 5)
        self.client.send(msgpack.packb([2, "tail.credit", [{"sub": 77, "n": 100}]]))
        while len(got) < 30:
            sub, events, position = self.client.notification("tail.events")
            got += events
        self.assertEqual([event["id"] for event in got], [f"{self.name}-{i}" for i in range(30)])
        self.assertEqual(self.client.notification("tail.live")[0], 77)
        with self.daemon.client() as other:
            other.call("append", {"events": [note(self.name + "-more", aggregate)]})
        self.assertEqual(self.client.notification("tail.events")[1][0]["id"], self.name + "-more")
        stopped = self.client.call("tail.stop", {"sub": 77})
        self.assertGreater(stopped["next"], position)
        self.assertEqual(self.refused("tail.stop", {"sub": 77}).code, "NOT_FOUND")

    def test_a_tail_from_the_head_sees_only_what_is_new(self):
        self.client.call("tail", {"from": "head", "credit": 5})
        self.client.notification("tail.live")
        self.client.call("append", {"events": [note(self.name)]})
        self.assertEqual(self.client.notification("tail.events")[1][0]["id"], self.name)
        self.assertEqual(self.refused("tail", {"from": "yesterday"}).code, "BAD_PARAMS")

    # ---- questions and work ----

    def test_a_contract_is_answered_for(self):
        for event in case("parties") + case("tiankai"):
            self.client.call("append", {"events": [event]})
        last = self.client.call("status")["head"]
        answer = self.client.call("query", {"projection": "outstanding", "as_of": "2026-03-01",
                                            "params": {"by": "debtor"}, "min_seq": last})
        self.assertEqual((answer["unit"], answer["as_of"]), ("fen", "2026-03-01"))
        self.assertGreaterEqual(answer["at"], last)
        row = answer["rows"][0]
        self.assertEqual(row["outstanding"],
                         row["not_due"] + row["d1_30"] + row["d31_60"] + row["d61_90"]
                         + row["d90_plus"] + row["disputed"])
        again = self.client.call("query", {"projection": "outstanding", "as_of": "2026-03-01",
                                           "params": {"by": "debtor"}, "known_at": answer["at"]})
        self.assertEqual(again["rows"], answer["rows"])
        reasons = self.client.call("explain", {"projection": "outstanding", "key": row["key"],
                                               "params": {"by": "debtor"}, "as_of": "2026-03-01"})
        self.assertGreater(len(reasons["rows"]), 0)

    def test_refusals_of_questions(self):
        for params, code in (({"projection": "weather"}, "NOT_FOUND"), ({}, "BAD_PARAMS"),
                             ({"projection": "outstanding", "as_of": "soon"}, "BAD_PARAMS"),
                             ({"projection": "outstanding", "params": {"by": "x"}}, "BAD_PARAMS"),
                             ({"projection": "outstanding", "params": {"bye": 1}}, "BAD_PARAMS"),
                             ({"projection": "outstanding", "min_seq": 2**50}, "UNAVAILABLE"),
                             ({"projection": "outstanding", "limit": 0}, "BAD_PARAMS")):
            self.assertEqual(self.refused("query", params).code, code, params)

    def job(self, method, params=None):
        number = self.client.call(method, params)["job"]
        self.assertTrue(wait_until(
            lambda: self.client.call("job.status", {"job": number})["state"] != "running"))
        return self.client.call("job.status", {"job": number})

    def test_rebuild_equals_live(self):
        self.client.call("append", {"events": [note(self.name)]})
        status = self.job("rebuild")
        self.assertEqual((status["state"], status["kind"]), ("done", "rebuild"))
        self.assertTrue(status["equal"])
        self.assertEqual(len(status["digests"]["outstanding"]["digest"]), 32)
        self.assertEqual(self.refused("rebuild", {"projection": "weather"}).code, "NOT_FOUND")

    def test_verify_reads_it_all(self):
        status = self.job("verify")
        self.assertEqual((status["state"], status["done"]), ("done", status["total"]))
        self.assertEqual(self.refused("job.status", {"job": 10**6}).code, "NOT_FOUND")

    def test_status_and_ping(self):
        now = datetime.datetime.now(datetime.timezone.utc).timestamp()
        self.assertLess(abs(self.client.call("ping")["time"] / 1e6 - now), 60)
        status = self.client.call("status")
        self.assertEqual(status["state"], "ready")
        self.assertGreaterEqual(status["connections"], 1)


if __name__ == "__main__":
    unittest.main()
