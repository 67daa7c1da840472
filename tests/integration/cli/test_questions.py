#!/usr/bin/python3
"""Questions: what is owed, statistics, events, one contract; JSON, tables, CSV, two languages."""

import csv
import io
import json
import subprocess
import unittest

from desk import ACCRUE, CONTRACT, History, accrue, ndjson, party


class Questions(History):
    def test_outstanding_json(self):
        answer = self.run_json("outstanding", "--as-of", "2025-12-31", "--known-at", "2025-12-31",
                               "--debtor", "tianan-borui", "--by", "obligation")
        self.assertEqual((answer["unit"], answer["as_of"]), ("fen", "2025-12-31"))
        self.assertEqual([row["key"] for row in answer["rows"]],
                         [CONTRACT + "/%d" % no for no in (1, 2, 3)])
        row = answer["rows"][0]
        for key in ("scheduled contingent not_due d1_30 d31_60 d61_90 d90_plus disputed outstanding"
                    " paid waived written_off set_off extinguished insured"
                    " unapplied_credit").split():
            self.assertIsInstance(row[key], int, key)
        self.assertEqual((row["d1_30"], row["outstanding"]), (4000000, 4000000))
        self.assertEqual(answer["total"][0]["outstanding"], 12000000)
        self.assertIsNone(answer["next"])

    def test_options_reach_the_daemon(self):
        answer = self.run_json("outstanding", "--as-of", "2025-12-31", "--buckets", "365,730")
        self.assertIn("d1_365", answer["rows"][0])
        answer = self.run_json("outstanding", "--by", "currency", "--as-of", "2025-12-31")
        self.assertEqual([row["key"] for row in answer["rows"]], ["CNY"])
        answer = self.run_json("outstanding", "--creditor", "ustb", "--contract", CONTRACT,
                               "--kind", "instalment", "--as-of", "2025-12-31")
        self.assertEqual(len(answer["rows"]), 1)

    def test_pages_become_one(self):
        whole = self.run_json("query", "open_items", "--as-of", "2025-12-31")
        self.assertGreater(len(whole["rows"]), 2)
        part = self.run_json("query", "open_items", "--as-of", "2025-12-31", "--limit", "2")
        self.assertEqual(part["rows"], whole["rows"][:2])
        self.assertTrue(part["next"])

    def test_table(self):
        words = ("outstanding", "--as-of", "2025-12-31", "--debtor", "tianan-borui", "--by",
                 "obligation")
        out = self.run_it(*words)
        self.assertIn("amounts in yuan", out)
        self.assertIn("40,000.00", out)
        self.assertNotIn("waived", out, "columns of zeros are left out")
        out = self.run_it(*words, lang="zh")
        self.assertIn("单位：元", out)
        self.assertIn("未结", out)
        self.assertIn("合计", out)

    def test_columns_are_aligned_in_cells_of_the_terminal(self):
        out = self.run_it("outstanding", "--as-of", "2025-12-31", lang="zh")
        lines = [line for line in out.splitlines()[1:] if "─" not in line]
        import unicodedata
        ends = set()
        for line in lines:
            cells = [2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip()]
            ends.add(sum(cells))
        self.assertLessEqual(len(ends), 2, lines)

    def test_units(self):
        words = ("outstanding", "--as-of", "2025-12-31", "--by", "currency", "--unit")
        self.assertIn("rounded half away from zero", self.run_it(*words, "wan"))
        self.assertIn("亿元", self.run_it(*words, "亿元", lang="zh"))
        self.assertNotIn(".", self.run_it(*words, "fen").splitlines()[-1])
        self.run_it(*words, "pounds", code=2)

    def test_a_count_under_yes_and_no_is_no_amount(self):
        words = ("query", "filings", "--as-of", "2026-06-01")
        count = self.run_json(*words)["total"][0]["overdue"]
        self.assertGreater(count, 0)
        last = self.run_it(*words).splitlines()[-1]
        self.assertNotRegex(last, r"\d\.\d")
        self.assertIn(str(count), last.split())

    def test_csv(self):
        words = ("outstanding", "--as-of", "2025-12-31", "--debtor", "tianan-borui", "--by",
                 "obligation", "--csv")
        out = self.run_it(*words, lang="zh")
        self.assertTrue(out.startswith("\ufeff编号,"))
        rows = list(csv.DictReader(io.StringIO(out[1:])))
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows[0]["应付总额"], "40000.00")
        self.assertIn("已免除", rows[0], "a CSV has every column")
        raw = subprocess.run([ACCRUE, "--url", self.url, *words], stdout=subprocess.PIPE,
                             check=True).stdout
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(raw.count(b"\r\n"), 4)

    def test_stats(self):
        answer = self.run_json("stats", "--by", "year,type", "--as-of", "2026-06-30")
        self.assertEqual(answer["basis"], "restated")
        row = answer["rows"][0]
        self.assertEqual((row["year"], row["type"], row["count"]), (2024, "license", 1))
        self.assertEqual(row["average"], row["turnover"] // row["count"])
        self.assertIn("turnover_growth_permille", row)
        for words in (("--year", "2024", "--year", "2025"), ("--basis", "original"),
                      ("--period", "2024-01-01..2024-12-31", "--compare", "last-year")):
            self.run_json("stats", "--as-of", "2026-06-30", *words)
        self.run_it("stats", "--by", "colour", code=2)
        self.assertIn("legal: year, quarter", self.err)

    def test_query_any_projection(self):
        names = [one["name"] for one in self.run_json("query", "--list")["projections"]]
        self.assertIn("match", names)
        for name in names:
            self.assertIn("rows", self.run_json("query", name))
        answer = self.run_json("query", "match", "--param", "by=origin", "--as-of", "2025-03-03")
        self.assertTrue(answer["rows"])
        self.run_it("query", "nothing", code=3)
        self.run_it("query", code=2)
        self.run_it("query", "match", "--param", "by", code=2)

    def test_explain(self):
        answer = self.run_json("explain", "outstanding", CONTRACT, "--as-of", "2025-12-31")
        owed = self.run_json("outstanding", "--as-of", "2025-12-31", "--contract", CONTRACT)
        self.assertEqual(answer["total"][0]["amount"], owed["total"][0]["outstanding"])
        self.run_json("explain", "outstanding", "tianan-borui", "--by", "debtor", "--as-of",
                      "2025-12-31")
        self.run_it("explain", "outstanding", "nobody", code=3)

    def test_tail_and_get(self):
        head = self.head()
        events = self.run_lines("tail", "--from", "first")
        self.assertEqual([event["seq"] for event in events], list(range(1, head + 1)))
        last = self.run_lines("tail")
        self.assertEqual([event["seq"] for event in last], list(range(head - 9, head + 1)))
        self.assertEqual(len(self.run_lines("tail", "-n", "3")), 3)
        self.assertEqual(self.run_lines("tail", "--from", "head"), [])
        some = self.run_lines("tail", "--from", "1", "--type", "trial.*", "--type", "match.closed")
        self.assertEqual({event["type"].split(".")[0] for event in some}, {"trial", "match"})
        one = self.run_lines("tail", "--from", "first", "--agg", "party/ustb")
        self.assertEqual({event["agg"] for event in one}, {"ustb"})
        seq = one[0]["seq"]
        self.assertEqual(self.run_json("get", str(seq)), one[0])
        self.assertEqual(self.run_json("get", one[0]["id"]), one[0])
        self.run_it("get", "999999", code=3)
        self.run_it("get", "no-such-id", code=3)
        line = self.run_it("tail", "--from", "first", "-n", "1", "--type", "contract.signed",
                           lang="zh")
        self.assertRegex(
            line, r"^\d+  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  \S+  contract\.signed 签订  ")

    def test_history_show_find(self):
        types = [event["type"] for event in self.run_lines("history", CONTRACT)]
        self.assertEqual(types[:2], ["contract.signed", "trial.started"])
        self.run_it("history", "nothing-of-that-id", code=3)
        shown = self.run_json("show", CONTRACT, "--as-of", "2025-12-31")
        self.assertEqual(shown["contract"]["key"], CONTRACT)
        self.assertEqual(len(shown["open_items"]), 3)
        self.assertTrue(shown["registrations"])
        out = self.run_it("show", CONTRACT, "--as-of", "2025-12-31", lang="zh")
        self.assertIn("生效履行", out)
        self.assertIn("认定登记", out)
        self.run_it("show", "北科转〔2024〕018号", code=3)
        self.run_it("show", "party/nobody", code=3)
        owes = self.run_json("show", "party/tianan-borui", "--as-of", "2025-12-31")
        self.assertEqual(owes["owes"][0]["key"], CONTRACT)
        self.assertIn("events", self.run_json("show", "technology/mot-tracking"))
        found = self.run_json("find", "017")["rows"]
        self.assertIn(("contract", CONTRACT), [(row["what"], row["key"]) for row in found])
        found = self.run_json("find", "ustb")["rows"]
        self.assertIn("party", [row["what"] for row in found])
        self.run_it("find", "nowhere to be found", code=3)

    def test_every_contract_is_shown_by_its_own_id(self):
        rows = self.run_json("query", "contracts", "--by", "contract")["rows"]
        for row in rows:
            self.assertEqual(self.run_json("show", row["key"])["contract"]["key"], row["key"])

    def test_follow(self):
        process = subprocess.Popen([ACCRUE, "tail", "-f", "--from", "head", "--json", "-n", "2",
                                    "--url", self.url], stdout=subprocess.PIPE, encoding="utf-8")
        # What is appended before the tail stands is not seen: append until it ends.
        number = 0
        while process.poll() is None and number < 200:
            self.run_it("append", given=ndjson(party("follow%d" % number)))
            number += 1
        out, _ = process.communicate(timeout=60)
        seqs = [json.loads(line)["seq"] for line in out.splitlines()]
        self.assertEqual(process.returncode, 0)
        self.assertEqual(seqs, [seqs[0], seqs[0] + 1])

    def test_what_was_tailed_can_be_loaded(self):
        from accrued import Daemon
        lines = self.run_it("tail", "--from", "first", "--json")
        with Daemon(options=("--init-load",)).start() as other:
            url = "unix:" + other.socket
            code, out, err = accrue("load", "-", "--json", url=url, given=lines)
            self.assertEqual(code, 0, err)
            self.assertEqual(accrue("load", "--end", url=url)[0], 0)
            words = ("outstanding", "--as-of", "2025-12-31", "--json")
            there = json.loads(accrue(*words, url=url)[1])
            here = self.run_json(*words[:-1])
            self.assertEqual(there["rows"], here["rows"])
            self.assertGreater(json.loads(out)["events"], 40)


if __name__ == "__main__":
    unittest.main()
