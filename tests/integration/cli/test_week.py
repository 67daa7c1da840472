#!/usr/bin/python3
"""The commands of the week: what falls due, what to look at, what came in."""

import hashlib
import os
import unittest

from desk import CONTRACT, Desk, History, accrue, ndjson, party


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
        coming = ("agenda", "--as-of", "2025-12-20", "--what", "instalment", "--overdue", "no")
        rows = self.rows(*coming, "--within", "2d")
        self.assertEqual([(row["date"], row["days"], row["agg"]) for row in rows],
                         [("2025-12-22", 2, CONTRACT)])
        self.assertEqual(self.rows(*coming, "--within", "1"), [])
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


def splitmix64(seed):
    mask = 2 ** 64 - 1
    state = seed
    while True:
        state = (state + 0x9e3779b97f4a7c15) & mask
        z = ((state ^ (state >> 30)) * 0xbf58476d1ce4e5b9) & mask
        z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & mask
        yield z ^ (z >> 31)


def selected(items, n, seed):
    """[(key, cumulative, first unit, hits)], as accrue(1) states it."""
    total = sum(amount for _, amount in items)
    start = next(x for x in splitmix64(seed) if x >= 2 ** 64 % total) % total
    units = [(k * total + start) // n for k in range(n)]
    rows, begin = [], 0
    for key, amount in items:
        hit = [unit for unit in units if begin <= unit < begin + amount]
        begin += amount
        if hit:
            rows.append((key, begin, hit[0], len(hit)))
    return rows


class Sample(Desk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amounts = [(i * i * 7919) % 900001 + 1 for i in range(40)] + [90000000]
        events = [party("U1"), party("E1")]
        for number, amount in enumerate(cls.amounts):
            event = paid(f"P{number:03}", "2025-03-01")
            event["data"]["amount_fen"] = amount
            events.append(event)
        foreign = paid("P-usd", "2025-03-01")
        foreign["data"]["currency"] = "USD"
        later = paid("P-later", "2025-03-02")
        events += [foreign, later, paid("P-wrong", "2025-03-01"),
                   {"type": "event.reversed", "agg": "payment/P-wrong",
                    "data": {"event_id": "id-P-wrong", "reason": "typo"}}]
        events.append({"type": "contract.signed", "agg": "K1", "data": {
            "title": "t", "type": "service", "ip_kind": "none", "field": "electronics",
            "sellers": [{"party": "U1", "share_ppm": 1000000}],
            "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
            "effective_rule": "immediate", "term_start": "2025-01-10", "currency": "CNY",
            "total_fen": 5500, "total_basis": "fixed", "pay_mode": "instalment", "obligations": [
                {"no": no, "kind": "instalment", "debtor": "E1", "creditor": "U1",
                 "amount_fen": no * 100, "due": {"base": "date", "date": "2026-03-03"}}
                for no in range(1, 11)]}})
        code, _, err = accrue("append", url=cls.url, given=ndjson(*events))
        if code != 0:
            cls.tearDownClass()
            raise AssertionError(err)

    @staticmethod
    def told(answer):
        return [(row["key"], row["cumulative"], row["unit_selected"], row["hits"])
                for row in answer["rows"]]

    def test_payments(self):
        items = [(f"P{number:03}", amount) for number, amount in enumerate(self.amounts)]
        for n, seed in ((60, 7), (1, 0), (13, 2 ** 53 + 1), (1000, 8), (99991, 3)):
            answer = self.run_json("sample", "--of", "payments", "--as-of", "2025-03-01", "--n",
                                   str(n), "--seed", str(seed), "--by", "amount")
            self.assertEqual(self.told(answer), selected(items, n, seed))
            self.assertEqual((answer["total"], answer["items"], answer["left_out"]),
                             (sum(self.amounts), len(items), 1))
            self.assertEqual(sum(row["hits"] for row in answer["rows"]), n)
        later = self.run_json("sample", "--of", "payments", "--seed", "7")
        self.assertEqual(later["items"], len(items) + 1)
        dollars = self.run_json("sample", "--of", "payments", "--seed", "7", "--currency", "USD")
        self.assertEqual(self.told(dollars), selected([("P-usd", 400000)], 60, 7))

    def test_open_items(self):
        words = ("sample", "--n", "6", "--seed", "11", "--as-of", "2025-06-30")
        rows = self.run_json("query", "open_items", "--as-of", "2025-06-30")["rows"]
        items = [(row["key"], row["outstanding"]) for row in rows]
        if not any(amount for _, amount in items):
            self.fail("nothing is outstanding")
        answer = self.run_json(*words)
        self.assertEqual(self.told(answer), selected(items, 6, 11))
        self.assertEqual(self.run_json(*words), answer)
        self.assertNotEqual(self.told(self.run_json(*words[:4], "12", *words[5:])),
                            self.told(answer))
        self.assertEqual(self.run_json(*words, "--debtor", "U1")["rows"], [])
        self.assertIn("累计", self.run_it(*words, lang="zh"))
        self.assertTrue(self.run_it(*words, "--csv").startswith("\ufeffkey,label,"))

    def test_usage(self):
        for words in ((), ("--seed", "x"), ("--seed", "7", "--n", "0"),
                      ("--seed", "7", "--by", "count"), ("--seed", "7", "--of", "contracts"),
                      ("--seed", "7", "--of", "payments", "--debtor", "E1")):
            self.run_it("sample", *words, code=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
