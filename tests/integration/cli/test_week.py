#!/usr/bin/python3
"""The commands of the week: what falls due, what to look at, what came in."""

import hashlib
import os
import unittest

from desk import CONTRACT, Desk, History, ndjson, party


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


def paid(name, value_date, **more):
    return {"type": "payment.received", "agg": name, "id": "id-" + name, **more, "data": {
        "payer": "E1", "payee": "U1", "amount_fen": 400000, "currency": "CNY",
        "value_date": value_date}}


class CutOff(History):
    def test_late(self):
        self.run_it("append", given=ndjson(
            party("U1"), party("E1"), paid("P-in", "2025-12-31", actor="li"),
            paid("P-before", "2024-12-31"), paid("P-behind", "2026-01-01"),
            {"type": "event.reversed", "agg": "payment/P-in", "effective": "2025-12-31",
             "data": {"event_id": "id-P-in", "reason": "typo"}}))
        answer = self.run_json("late", "--period", "2025")
        self.assertEqual((answer["from"], answer["to"]), ("2025-01-01", "2025-12-31"))
        rows = {(row["agg"], row["type"]): row for row in answer["rows"]}
        first = rows["payment/pay-binhai-1", "payment.received"]
        self.assertEqual((first["effective"], first["recorded"], first["days_late"],
                          first["amount"]),
                         ("2025-12-30", "2026-01-05 10:00:00", 5, 4000000))
        late = rows["payment/P-in", "payment.received"]
        self.assertEqual((late["actor"], late["amount"]), ("li", 400000))
        self.assertNotIn(("payment/P-before", "payment.received"), rows)
        self.assertNotIn(("payment/P-behind", "payment.received"), rows)
        for period in ("2025-Q4", "2025-12", "2025-12-30..2025-12-31"):
            self.assertEqual(self.run_json("late", "--period", period)["rows"], answer["rows"])
        self.assertEqual(len(self.run_json("late", "--period", "2025", "-n", "1")["rows"]), 1)
        empty = self.run_it("late", "--period", "2023-02", "--csv")
        self.assertTrue(empty.startswith("\ufeffseq,recorded,"), empty)
        for period in ("2025-13", "2025-Q5", "25", "2025-12-31..2025-12-30", "2025-1", "2025-12-"):
            self.run_it("late", "--period", period, code=2)
        self.run_it("late", code=2)

    def test_close(self):
        year = self.run_json("stats", "--by", "year")["rows"][-1]["year"]
        closed = self.run_json("close", str(year), "--note", "年报")
        self.assertEqual(closed["seq"], self.head())
        event = self.run_json("get", closed["id"])
        self.assertEqual((event["type"], event["agg"], event["data"]),
                         ("period.closed", str(year), {"period": str(year), "basis_note": "年报"}))
        stands = self.run_json("stats", "--by", "year", "--basis", "original", "--period",
                               f"{year}-01-01..{year}-12-31")["rows"]
        self.assertEqual(closed["original"], stands)
        self.assertGreater(closed["original"][0]["count"], 0)
        self.run_it("close", str(year), code=4)
        self.assertIn("E_EXISTS", self.err)
        self.run_it("close", f"{year}-Q1", lang="zh")
        self.assertIn("已关账", self.err)
        late = [row for row in self.run_json("late", "--period", str(year))["rows"]
                if row["type"] == "period.closed"]
        self.assertEqual(late, [])
        for period in ("2025-01-01..2025-12-31", "2025-00", "year"):
            self.run_it("close", period, code=2)


class Papers(Desk):
    def test_doc(self):
        path = os.path.join(self.daemon.directory, "paper.pdf")
        with open(path, "wb") as file:
            file.write(b"\0\xff paper" * 20000)
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        other = hashlib.sha256(b"another").hexdigest()
        self.run_it("append", given=ndjson(
            party("U1", docs=[{"sha256": other, "name": "x"},
                              {"sha256": digest, "name": "营业执照", "kind": "licence"}]),
            party("U2", docs=[{"sha256": other}]), party("U3"),
            {"type": "note.added", "agg": "party/U3", "data": {"text": "see " + digest}},
            {"type": "x.scan", "agg": "party/U3", "data": {"pages": [{"paper": digest}]}}))
        answer = self.run_json("doc", path)
        self.assertEqual(answer["sha256"], digest)
        self.assertEqual([(row["agg"], row["document"], row["document_kind"], row["field_name"])
                          for row in answer["rows"]],
                         [("party/U1", "营业执照", "licence", "docs"),
                          ("party/U3", "", "", "paper")])
        self.assertEqual(self.run_json("doc", digest), answer)
        self.assertEqual(self.run_json("doc", digest.upper()), answer)
        self.assertEqual([row["agg"] for row in self.run_json("doc", other)["rows"]],
                         ["party/U1", "party/U2"])
        self.assertEqual(len(self.run_json("doc", other, "-n", "1")["rows"]), 1)
        self.assertIn("营业执照", self.run_it("doc", path, lang="zh"))
        self.run_it("doc", hashlib.sha256(b"none").hexdigest(), code=3)
        self.run_it("doc", path + ".none", code=3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
