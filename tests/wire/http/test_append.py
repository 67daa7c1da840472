#!/usr/bin/python3
"""Appending over HTTP is appending: the same ids, the same refusals, the same results."""

import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import Refused, WebDaemon, note  # noqa: E402

PARTY = {"type": "party.registered", "agg": "P-1", "id": "p1",
         "data": {"name": "某大学", "kind": "university", "region": "110000"}}


class Append(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon().start()
        cls.web = cls.daemon.web()
        cls.client = cls.daemon.client()
        cls.client.call("hello", {"errors": "map"})

    @classmethod
    def tearDownClass(cls):
        cls.web.close()
        cls.client.close()
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    def append(self, *events, **more):
        answer = self.web.ask("POST", "/v1/append", {"events": list(events), **more})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def test_again_with_the_same_id(self):
        first = self.append(note("again", data={"n": 9007199254740991, "文": "字\"\\\n"}))
        self.assertFalse(first["results"][0]["dup"])
        again = self.append(note("again", data={"n": 9007199254740991, "文": "字\"\\\n"}))
        self.assertTrue(again["results"][0]["dup"])
        self.assertEqual(again["results"][0]["seq"], first["first"])
        rpc = self.client.call("append", {"events": [
            note("again", data={"n": 9007199254740991, "文": "字\"\\\n"})]})
        self.assertEqual(rpc["results"][0]["hash"].hex(), first["results"][0]["hash"])
        other = self.web.ask("POST", "/v1/append", {"events": [note("again", data={"n": 1})]})
        self.assertEqual((other.status, other.json["code"]), (409, "E_ID_REUSED"))

    def test_parameters_are_in_the_body(self):
        """A guard that was passed over in the address would store what was only to be tried."""
        head = self.web.ask("GET", "/v1/status").json["head"]
        for key in ("dry=true", "min_seq=9", "_deadline_ms=50", "events=1"):
            answer = self.web.ask("POST", "/v1/append?" + key, {"events": [note("guarded")]})
            self.assertEqual((answer.status, answer.json["field"]), (400, key.split("=")[0]))
        self.assertEqual(self.web.ask("GET", "/v1/status").json["head"], head)
        self.assertEqual(self.web.ask("POST", "/v1/append?lang=zh", {"events": []}).status, 400)

    def test_a_deadline_that_has_passed_is_certainly_not_stored(self):
        """Nothing is taken up in the microsecond in which it comes."""
        body = {"events": [note("waited", "x/waited")], "_deadline_ms": 0}
        late = self.web.ask("POST", "/v1/append", body)
        self.assertEqual((late.status, late.json["code"]), (504, "DEADLINE_EXCEEDED"))
        self.assertTrue(late.json["retry"])
        self.assertEqual(late.headers["connection"], "keep-alive")
        self.assertEqual(self.web.ask("GET", "/v1/get?id=waited").status, 404)
        again = self.append(note("waited", "x/waited"), _deadline_ms=86_400_000)
        self.assertFalse(again["results"][0]["dup"])

    def test_dry_stores_nothing(self):
        head = self.client.call("status")["head"]
        dry = self.append(note("dry"), dry=True)
        self.assertTrue(dry["dry"])
        self.assertEqual(self.client.call("status")["head"], head)

    def test_refusals_are_those_of_messagepack(self):
        for event, status in (
                ({**PARTY, "data": {}}, 400), ({**PARTY, "type": "party.unknown"}, 400),
                ({**PARTY, "colour": "red"}, 400), ({"type": "party.registered"}, 400),
                (note("late", expect=7), 409),
                ({"type": "contract.took_effect", "agg": "C-0", "id": "c", "data": {}}, 409)):
            with self.assertRaises(Refused) as told:
                self.client.call("append", {"events": [note("before"), event]})
            answer = self.web.ask("POST", "/v1/append", {"events": [note("before"), event]})
            wanted = told.exception.error
            self.assertEqual(answer.status, status, answer.body)
            self.assertEqual(answer.json["detail"], wanted["message"])
            for key in ("code", "field", "index", "state", "retry"):
                self.assertEqual(answer.json.get(key), wanted[key])
            self.assertEqual(answer.json.get("legal", []), wanted["legal"])
            self.assertEqual(answer.json["index"], 1)
        chinese = self.web.ask("POST", "/v1/append?lang=zh", {"events": []}).json
        self.assertEqual(chinese["title"], "参数不合法")

    def test_chunked(self):
        body = json.dumps({"events": [note("chunked")]}).encode()
        head = ("POST /v1/append HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: Chunked\r\n\r\n")
        chunks = b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part)
                          for part in (body[i:i + 7] for i in range(0, len(body), 7)))
        self.web.send(head.encode() + chunks + b"0\r\n\r\n")
        first = self.web.answer()
        self.assertEqual(first.status, 200, first.body)
        for byte in head.encode() + chunks + b"0\r\n\r\n":
            self.web.send(bytes([byte]))
        again = self.web.answer()
        self.assertEqual(again.json["results"][0]["seq"], first.json["first"])
        self.assertTrue(again.json["results"][0]["dup"])

    def test_who_entered_it(self):
        seq = self.append(note("who"))["first"]
        event = self.client.call("get", {"seq": seq})["events"][0]
        self.assertEqual(event["by"], "tcp:127.0.0.1")
        with self.daemon.web_unix() as web:
            seq = web.ask("POST", "/v1/append", {"events": [note("local")]}).json["first"]
        event = self.client.call("get", {"seq": seq})["events"][0]
        self.assertEqual(event["by"], f"uid:{os.geteuid()}")

    def test_appends_sent_at_once_are_stored_in_order(self):
        with self.daemon.web() as web:
            for i in range(50):
                body = json.dumps({"events": [note(f"order-{i}")]})
                web.send(("POST /v1/append HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                          f"application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                          f"{body}").encode())
            seqs = [web.answer().json["first"] for _ in range(50)]
            self.assertEqual(seqs, sorted(seqs))

    def test_as_much_as_fits(self):
        many = self.append(*[note(f"many-{i}", fill=3000) for i in range(1000)])
        self.assertEqual(len(many["results"]), 1000)
        read = self.web.ask("GET", f"/v1/read?from={many['first']}&limit=1000").json
        self.assertEqual([event["id"] for event in read["events"]],
                         [f"many-{i}" for i in range(1000)])


if __name__ == "__main__":
    unittest.main()
