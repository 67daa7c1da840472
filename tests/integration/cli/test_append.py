#!/usr/bin/python3
"""append: results in order, atomic batches, refusals, ids, trial runs."""

import json
import unittest

from desk import Desk, accrue, ndjson, party


class Append(Desk):
    def test_a_result_for_every_line(self):
        head = self.head()
        lines = self.run_lines("append", given=ndjson(party("a1", id="a1"), party("a2", id="a2")))
        self.assertEqual([line["id"] for line in lines], ["a1", "a2"])
        self.assertEqual([line["seq"] for line in lines], [head + 1, head + 2])
        self.assertEqual(lines[0].keys(), {"seq", "agg_seq", "dup", "flags", "id"})
        self.assertEqual([line["agg_seq"] for line in lines], [1, 1])

    def test_text_says_where_it_went(self):
        out = self.run_it("append", "-", given=ndjson(party("t1", id="t1")))
        self.assertIn("party.registered  t1", out)
        out = self.run_it("append", "-", given=ndjson(party("t1", id="t1")), lang="zh")
        self.assertIn("重复", out)

    def test_missing_ids_are_new_ones(self):
        first, = self.run_lines("append", given=ndjson(party("n1")))
        self.assertRegex(first["id"], r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]")
        error, = self.run_lines("append", given=ndjson(party("n1")), code=4)
        self.assertEqual(error["error"]["code"], "E_EXISTS")

    def test_the_same_file_twice_changes_nothing(self):
        given = ndjson(party("c1"), {"batch": [party("c2"), party("c3")]})
        first = self.run_lines("append", "--id-from-content", given=given)
        head = self.head()
        again = self.run_lines("append", "--id-from-content", given=given)
        self.assertEqual(self.head(), head)
        self.assertTrue(again[0]["dup"])
        self.assertTrue(all(result["dup"] for result in again[1]["results"]))
        self.assertEqual(first[0]["seq"], again[0]["seq"])
        turned = json.dumps({"data": {"kind": "university", "name": "甲c1"}, "agg": "c1",
                             "type": "party.registered"})
        same, = self.run_lines("append", "--id-from-content", given=turned)
        self.assertTrue(same["dup"], "the order of keys makes no other id")

    def test_a_batch_is_atomic(self):
        head = self.head()
        good, bad = party("b1", id="b1"), party("b1", id="b2")
        error, = self.run_lines("append", given=ndjson({"batch": [good, bad]}), code=4)
        self.assertEqual((error["error"]["code"], error["error"]["index"]), ("E_EXISTS", 1))
        self.assertEqual(self.head(), head)
        answer, = self.run_lines("append", given=ndjson({"batch": [good, party("b2", id="b3")]}))
        self.assertEqual([result["id"] for result in answer["results"]], ["b1", "b3"])
        self.assertEqual(self.head(), head + 2)

    def test_what_is_no_batch(self):
        for line in ({"batch": []}, {"batch": 3}, {"batch": [party("z")], "id": "x"}):
            error, = self.run_lines("append", given=ndjson(line), code=4)
            self.assertEqual(error["error"]["code"], "BAD_REQUEST")

    def test_the_first_refusal_ends_the_run(self):
        given = ndjson(party("r1", id="r1"), {**party("r2", id="r2"), "agg": "a b"},
                       party("r3", id="r3"))
        lines = self.run_lines("append", given=given, code=4)
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[1]["error"]["field"], "agg")
        self.assertEqual((lines[1]["id"], lines[1]["line"]), ("r2", 2))
        lines = self.run_lines("append", "--keep-going", given=given, code=4)
        self.assertEqual([line["id"] for line in lines], ["r1", "r2", "r3"])

    def test_the_error_for_people(self):
        given = ndjson(party("p1", id="p1"), party("p1", id="p2"))
        self.run_it("append", given=given, code=4)
        self.assertIn("line 2: E_EXISTS", self.err)
        self.assertIn("hint: ", self.err)
        self.run_it("append", given=given, code=4, lang="zh")
        self.assertIn("第 2 行: E_EXISTS", self.err)
        self.assertIn("提示: 请换用其他编号", self.err)

    def test_many_under_way_keep_their_order(self):
        events = [party("m%d" % i, id="m%d" % i) for i in range(300)]
        events[150]["agg"] = "no id at all"
        lines = self.run_lines("append", "--inflight", "64", "--keep-going",
                               given=ndjson(*events), code=4)
        self.assertEqual([line["id"] for line in lines], [event["id"] for event in events])
        self.assertEqual([i for i, line in enumerate(lines) if "error" in line], [150])
        seqs = [line["seq"] for line in lines if "seq" in line]
        self.assertEqual(seqs, list(range(seqs[0], seqs[0] + 299)))

    def test_a_trial_run_stores_nothing(self):
        head = self.head()
        line, = self.run_lines("append", "--dry-run", given=ndjson(party("d1", id="d1")))
        self.assertEqual((line["seq"], line["id"]), (head + 1, "d1"))
        self.assertIsInstance(line["effects"], list)
        self.assertEqual(self.head(), head)

    def test_lines_that_are_no_events(self):
        for line in ("{", "[]", '{"id":"a","id":"b"}', "3"):
            error, = self.run_lines("append", given=line + "\n", code=4)
            self.assertEqual(error["error"]["code"], "BAD_REQUEST", line)
        real = '{"id":"f%s","type":"x.t.n","agg":"x/f","data":{"n":%s}}\n'
        error, = self.run_lines("append", given=real % (1, "0.5"), code=4)
        self.assertEqual(error["error"]["code"], "E_BAD_FIELD")
        self.run_lines("append", given=real % (2, "2.0"))
        self.run_lines("append", given=real % (3, "9007199254740991"))
        got = self.run_json("get", "f3")
        self.assertEqual(got["data"]["n"], 9007199254740991)
        error, = self.run_lines("append", given=real % (4, "9223372036854775808"), code=4)
        self.assertEqual(error["error"]["code"], "BAD_REQUEST")
        error, = self.run_lines("append", given=real % (5, "9223372036854775807"), code=4)
        self.assertIn(error["error"]["code"], ("E_RANGE", "E_BAD_FIELD"))

    def test_empty_lines_and_a_byte_order_mark(self):
        lines = self.run_lines("append", given="\ufeff" + ndjson(party("e1")) + "\n \n" +
                               ndjson(party("e2")))
        self.assertEqual(len(lines), 2)

    def test_a_file_that_is_not_there(self):
        self.run_it("append", "/nowhere.ndjson", code=1)
        self.assertIn("/nowhere.ndjson", self.err)

    def test_nobody_is_there(self):
        code, _, err = accrue("append", url="unix:" + self.daemon.directory + "/none", given="")
        self.assertEqual(code, 6)
        self.assertIn("UNAVAILABLE", err)


if __name__ == "__main__":
    unittest.main()
