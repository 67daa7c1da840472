#!/usr/bin/python3
"""The commands of the week: what falls due, what to look at, what came in."""

import unittest

from desk import CONTRACT, History


class Reports(History):
    def rows(self, *words):
        return self.run_json(*words)["rows"]

    def test_a_command_asks_its_projection(self):
        for own, query in (
                (("agenda", "--within", "45d", "--party", "tianan-borui"),
                 ("agenda", "--param", "within=45", "--param", "party=tianan-borui")),
                (("agenda", "--overdue", "no"), ("agenda", "--param", "overdue=no")),
                (("agenda", "--what", "instalment"), ("agenda", "--param", "what=instalment")),
                (("findings", "--flag", "W_NO_TECHNOLOGY", "--period", "2025-03-01..2025-03-31"),
                 ("findings", "--param", "flag=W_NO_TECHNOLOGY", "--param",
                  "period=2025-03-01..2025-03-31")),
                (("findings", "--by", "type"), ("findings", "--by", "type")),
                (("receipts", "--by", "month", "--payee", "ustb"),
                 ("receipts", "--by", "month", "--param", "payee=ustb"))):
            for view in (("--as-of", "2025-12-31"), ("--as-of", "2026-05-31")):
                self.assertEqual(self.run_json(*own, *view), self.run_json("query", *query, *view))

    def test_agenda(self):
        rows = self.rows("agenda", "--as-of", "2025-12-20", "--within", "2d")
        self.assertEqual([(row["date"], row["days"], row["agg"]) for row in rows],
                         [("2025-12-22", 2, CONTRACT)])
        self.assertEqual(self.rows("agenda", "--as-of", "2025-12-20", "--within", "1"), [])
        out = self.run_it("agenda", "--as-of", "2025-12-31", lang="zh")
        self.assertIn("款项到期", out)
        self.assertIn("40,000.00", out)
        self.run_it("agenda", "--within", "soon", code=2)
        self.run_it("agenda", "--party", "nobody", code=3)

    def test_findings(self):
        rows = self.rows("findings")
        flags = {row["flag"] for row in rows}
        self.assertIn("W_NO_TECHNOLOGY", flags)
        counted = self.rows("findings", "--by", "flag")
        self.assertEqual(sum(row["count"] for row in counted), len(rows))
        out = self.run_it("findings")
        self.assertNotIn("total", out, "a total that says nothing is not shown")
        self.run_it("findings", "--flag", "W_NOTHING", code=2)

    def test_receipts(self):
        answer = self.run_json("receipts", "--by", "payee", "--as-of", "2026-05-31")
        self.assertEqual([(row["key"], row["received"]) for row in answer["rows"]],
                         [("tjut", 2000000), ("ustb", 4000000)])
        self.assertEqual(answer["total"][0]["received"], 6000000)
        out = self.run_it("receipts", "--csv", lang="zh")
        self.assertTrue(out.startswith("\ufeff编号,名称,到账"), out)
        self.run_it("receipts", "--by", "colour", code=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
