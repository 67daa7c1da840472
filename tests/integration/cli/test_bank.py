#!/usr/bin/python3
"""`accrue reconcile bank`, a statement against the log, and `accrue claim`: money put on debts."""

import csv
import datetime
import json
import os
import random
import unittest

from desk import Desk, accrue, ndjson, party
from sheets import as_xlsx

HEADINGS = ["交易日期", "对方户名", "收入金额", "支出金额", "交易流水号", "摘要"]
IN_BANK = {"matched", "differs", "possible_duplicate", "only_in_bank", "paid_out"}
IN_LOG = {"only_in_log", "possible_duplicate_in_log"}


def paid(name, day, amount, payer=None, text=None, ref=None, payee="U1", **more):
    data = {"payee": payee, "amount_fen": amount, "currency": "CNY", "value_date": day, "alloc": []}
    for key, value in (("payer", payer), ("payer_text", text), ("bank_ref", ref)):
        if value:
            data[key] = value
    return {"type": "payment.received", "agg": name, "id": "id-" + name, "data": data, **more}


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02}"


class Bank(Desk):
    def statement(self, rows, encoding="utf-8-sig"):
        path = os.path.join(self.daemon.directory, "statement.csv")
        with open(path, "w", encoding=encoding, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            for day, name, amount, ref in rows:
                writer.writerow([day, name, yuan(amount) if amount > 0 else "",
                                 yuan(-amount) if amount < 0 else "", ref, ""])
        return path

    def reconcile(self, rows, *words, code=None, encoding="utf-8-sig"):
        path = self.statement(rows, encoding)
        got, out, self.err = accrue("reconcile", "bank", path, *words, "--json", url=self.url)
        self.assertIn(got, (0, 4) if code is None else (code,), self.err)
        answer = json.loads(out)
        self.check_sums(rows, answer)
        return answer

    def check_sums(self, rows, answer):
        """Every line in one class, no payment twice, and the sums of the statement."""
        lines = [row for row in answer["rows"] if row["class"] in IN_BANK]
        self.assertEqual(sorted(row["amount"] for row in lines), sorted(row[2] for row in rows))
        self.assertEqual(len({row["row"] for row in lines}), len(lines))
        taken = [row["payment"] for row in answer["rows"] if row["class"] in ("matched", "differs")]
        taken += [row["payment"] for row in answer["rows"] if row["class"] in IN_LOG]
        self.assertEqual(len(taken), len(set(taken)))
        for name in {row["class"] for row in answer["rows"]}:
            own = [row["amount"] for row in answer["rows"] if row["class"] == name]
            total = [row for row in answer["total"] if row["class"] == name]
            self.assertEqual([(row["lines"], row["amount"]) for row in total],
                             [(len(own), sum(own))])

    @staticmethod
    def told(answer):
        return [(row["class"], row["payment"], row["by"]) for row in answer["rows"]]


class Reconcile(Bank):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().run_it("append", given=ndjson(
            party("U1"), party("U2"),
            party("E1", data={"name": "天安博瑞（天津）有限公司", "kind": "ent_domestic",
                              "aliases": ["天安博瑞"]}),
            party("E2", data={"name": "智感技术", "kind": "ent_domestic"}),
            paid("P-ref", "2025-03-03", 100000, "E1", ref="R-001"),
            paid("P-differs", "2025-03-04", 200000, "E1", ref="R-002"),
            paid("P-name", "2025-03-05", 300000, "E1"),
            paid("P-alone", "2025-03-06", 400000),
            paid("P-two", "2025-03-07", 500000),
            paid("P-log", "2025-03-08", 600000, "E2"),
            paid("P-twice", "2025-03-05", 300000, "E1"),
            paid("P-other", "2025-03-08", 700000, "E2", payee="U2"),
            paid("P-wrong", "2025-03-08", 800000, "E2"),
            {"type": "event.reversed", "agg": "payment/P-wrong",
             "data": {"event_id": "id-P-wrong", "reason": "typo"}},
            paid("P-before", "2025-01-08", 900000, "E2")))

    lines = [
        ("2025-03-03", "別人", 100000, "Ｒ－００１"),
        ("2025-03-04", "天安博瑞", 200001, "R-002"),
        ("2025-03-07", "天安博瑞(天津)有限公司", 300000, "S-9"),
        ("2025-03-06", "", 400000, ""),
        ("2025-03-07", "", 500000, ""),
        ("2025-03-08", "", 500000, ""),
        ("2025-03-03", "别人", 100000, "R-001"),
        ("2025-03-08", "智感技术", -12345, "S-10"),
        ("2025-03-10", "陌生公司", 800000, "S-11"),
    ]

    def test_classes(self):
        answer = self.reconcile(self.lines, "--payee", "U1", code=4)
        self.assertEqual(self.told(answer), [
            ("matched", "P-ref", "reference"), ("differs", "P-differs", "reference"),
            ("matched", "P-name", "name"), ("matched", "P-alone", "amount"),
            ("only_in_bank", None, ""), ("only_in_bank", None, ""),
            ("possible_duplicate", "P-ref", "reference"), ("paid_out", None, ""),
            ("only_in_bank", None, ""),
            ("only_in_log", "P-two", ""), ("only_in_log", "P-log", ""),
            ("possible_duplicate_in_log", "P-twice", "P-name")])
        self.assertEqual((answer["from"], answer["to"]), ("2025-03-03", "2025-03-10"))
        differs = answer["rows"][1]
        self.assertEqual((differs["amount"], differs["booked"]), (200001, 200000))
        every = self.reconcile(self.lines)
        self.assertIn(("only_in_log", "P-other", ""), self.told(every))

    def test_days(self):
        lines = self.lines[2:3]
        for days, told in (("1", ("only_in_bank", None, "")), ("2", ("matched", "P-name", "name"))):
            self.assertIn(told, self.told(self.reconcile(lines, "--days", days)))

    def test_all_is_matched(self):
        answer = self.reconcile([("2025-03-03", "天安博瑞", 100000, "R-001")], code=0)
        self.assertEqual([row["class"] for row in answer["rows"]], ["matched"])

    def test_a_payee_whom_nobody_knows(self):
        """Everything would be only in the bank, and be imported a second time."""
        path = self.statement(self.lines)
        self.run_it("reconcile", "bank", path, "--payee", "天安博瑞", code=3)
        self.assertIn("there is no party of this id", self.err)
        self.run_it("reconcile", "bank", path, "--payee", "P-ref", code=3, lang="zh")
        self.assertIn("无此编号的主体", self.err)

    def test_shown(self):
        path = self.statement(self.lines, "gb18030")
        out = self.run_it("reconcile", "bank", path, "--payee", "U1", code=4, lang="zh")
        for text in ("相符", "仅银行有", "仅日志有", "可能重复", "金额不符", "2,000.01"):
            self.assertIn(text, out)
        book = os.path.join(self.daemon.directory, "book.xlsx")
        self.run_it("reconcile", "bank", path, "--payee", "U1", "-o", book, code=4)
        self.assertTrue(os.path.exists(book))

    def test_the_same_statement_as_a_workbook(self):
        path = os.path.join(self.daemon.directory, "statement.xlsx")
        rows = [[day, name, yuan(amount) if amount > 0 else "", yuan(-amount) if amount < 0 else "",
                 ref, ""] for day, name, amount, ref in self.lines]
        as_xlsx(path, rows, ("账户流水",), HEADINGS)
        answer = json.loads(accrue("reconcile", "bank", path, "--json", url=self.url)[1])
        self.assertEqual(self.told(answer), self.told(self.reconcile(self.lines)))

    def test_faults(self):
        path = self.statement([("2025-03-33", "x", 100, "a"), ("2025-03-03", "x", 0, "b"),
                               ("2025-03-03", "天安博瑞", 100000, "R-001")])
        answer = json.loads(accrue("reconcile", "bank", path, "--json", url=self.url)[1])
        self.assertEqual((answer["unread"], len(answer["rows"])), (2, 1))
        self.assertIn("rows that could not be read: 2",
                      self.run_it("reconcile", "bank", path, code=4))
        self.assertRegex(self.err, r"row 2  交易日期: 2025-03-33  there is no such day  a day")
        self.assertIn("row 3  no amount\n", self.err)
        self.assertIn("无法读取的行：2", self.run_it("reconcile", "bank", path, code=4, lang="zh"))
        self.assertIn("行 3  无金额\n", self.err)
        self.assertEqual((answer["read"], answer["lines"], answer["passed_over"]), (3, 1, 0))
        self.run_it("reconcile", "bank", path + ".none", code=4)
        self.run_it("reconcile", "ledger", path, code=2, lang="zh")
        self.assertIn("可对账的是银行流水", self.err)
        self.run_it("reconcile", "bank", path, "--days", "90", code=2)


class Signed(Bank):
    """Statements with one column of amounts, a minus before what went out."""

    headings = ["日期", "金额", "币种", "流水号"]

    def read(self, *rows, code=4, words=()):
        path = os.path.join(self.daemon.directory, "signed.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([self.headings, *rows])
        answer = self.run_json("reconcile", "bank", path, *words, code=code)
        self.assertEqual(answer["read"], len(rows))
        self.assertEqual(answer["read"],
                         answer["lines"] + answer["unread"] + answer["passed_over"])
        return answer

    def test_what_went_out_on_no_day_is_unread(self):
        answer = self.read(("2024-02-30", "-500.00", "", "a"), ("2024-02-28", "-70.00", "", "b"),
                           ("", "-5.00", "", "c"), ("合计", "-575.00", "", ""))
        self.assertEqual((answer["unread"], answer["lines"], answer["passed_over"]), (2, 1, 1))
        self.assertEqual([(row["class"], row["amount"]) for row in answer["total"]],
                         [("paid_out", -7000)])
        for text in ("2024-02-30", "no such day", "日期"):
            self.assertIn(text, self.err)

    def test_what_went_out_in_no_currency_is_unread(self):
        answer = self.read(("2024-02-28", "-500", "日元", "a"), ("2024-02-28", "-500", "贝壳", "b"))
        self.assertEqual((answer["unread"], answer["lines"]), (1, 1))
        self.assertEqual([(row["currency"], row["amount"]) for row in answer["total"]],
                         [("JPY", -500)])
        self.assertIn("贝壳", self.err)

    def test_money_in_another_currency_is_on_another_account(self):
        yen = paid("P-yen", "2024-05-06", 500)
        yen["data"]["currency"] = "JPY"
        self.run_it("append", given=ndjson(party("U1"), yen, paid("P-yuan", "2024-05-06", 600)))
        lines = [("2024-05-05", "100", "", "a"), ("2024-05-07", "200", "", "b")]
        answer = self.read(*lines)
        self.assertEqual([row["payment"] for row in answer["rows"] if row["class"] in IN_LOG],
                         ["P-yuan"])
        answer = self.read(*lines, ("2024-05-06", "-700", "日元", "c"))
        self.assertEqual([row["payment"] for row in answer["rows"] if row["class"] in IN_LOG],
                         ["P-yen", "P-yuan"])

    def test_a_minus_of_what_is_marked_as_out(self):
        path = os.path.join(self.daemon.directory, "marked.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("日期", "借贷标志", "金额"), ("2024-02-27", "借", "9.00"),
                                        ("2024-02-28", "借", "-500.00")])
        answer = self.run_json("reconcile", "bank", path, code=4)
        self.assertEqual((answer["unread"], answer["lines"]), (1, 1))
        self.assertIn("row 3  金额: -500.00  a minus, and money out", self.err)

    def test_a_profile_that_requires_no_date(self):
        own = os.path.join(self.daemon.directory, "own.ini")
        text = accrue("import", "--print", "--profile", "bank")[1]
        with open(own, "w", encoding="utf-8") as file:
            file.write(text.replace("kind = date\nrequired = yes", "kind = date", 1))
        answer = self.read(("", "500.00", "", "a"), ("", "", "", "b"),
                           ("2024-02-28", "-1.00", "", "c"), words=("--profile", own))
        self.assertEqual((answer["unread"], answer["lines"]), (2, 1))
        self.assertIn("no date", self.err)

    def test_no_lines(self):
        answer = self.read()
        self.assertEqual((answer["from"], answer["to"], answer["rows"]), (None, None, []))
        self.read(("合计", "0.00", "", ""))
        path = os.path.join(self.daemon.directory, "signed.csv")
        self.assertEqual(self.run_it("reconcile", "bank", path, code=4), "")
        self.assertIn("no line of a statement", self.err)

    def test_headings_that_are_not_enough(self):
        path = os.path.join(self.daemon.directory, "signed.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("金额,流水号\n1.00,a\n")
        self.run_it("reconcile", "bank", path, code=4)
        self.assertIn("row 1  交易日期  the sheet has no such column", self.err)


class Random(Bank):
    """Whatever a statement holds: the classes are a partition, and no reference is missed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(7)
        cls.day = datetime.date(2025, 5, 1)
        events = [party("U1")] + [party(f"E{n}") for n in range(4)]
        cls.payments = []
        for number in range(120):
            payment = (cls.some_day(), f"E{cls.random.randrange(4)}" if number % 3 else None,
                       cls.random.randrange(1, 12) * 100, f"R{number}" if number % 4 else None)
            cls.payments.append(payment)
            events.append(paid(f"P{number}", payment[0], payment[2], payment[1], ref=payment[3]))
        cls().run_it("append", given=ndjson(*events))

    @classmethod
    def some_day(cls):
        return str(cls.day + datetime.timedelta(days=cls.random.randrange(20)))

    def test_partition(self):
        for _ in range(4):
            lines = []
            for day, payer, amount, ref in self.random.sample(self.payments, 60):
                moved = datetime.date.fromisoformat(day) + datetime.timedelta(
                    days=self.random.randrange(-2, 3))
                keeps = self.random.random() < 0.5
                lines.append((str(moved), "甲" + payer if payer and keeps else "",
                              amount, ref if ref and keeps else ""))
            lines += [(self.some_day(), "", -500, "") for _ in range(3)]
            lines += self.random.sample(lines, 3)
            answer = self.reconcile(lines)
            known = {ref for _, _, _, ref in self.payments if ref}
            for row in answer["rows"]:
                if row["class"] in IN_BANK and row["bank_ref"] in known:
                    self.assertIn(row["class"], ("matched", "possible_duplicate"), row)
                if row["class"] == "matched":
                    self.assertEqual(row["amount"], row["booked"])


class Claim(Bank):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().run_it("append", given=ndjson(
            party("U1"), party("E1"),
            {"type": "contract.signed", "agg": "北〔2025〕1号", "data": {
                "title": "t", "type": "service", "ip_kind": "none", "field": "electronics",
                "sellers": [{"party": "U1", "share_ppm": 1000000}],
                "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
                "effective_rule": "immediate", "term_start": "2025-01-10", "currency": "CNY",
                "total_fen": 500000, "total_basis": "fixed", "pay_mode": "instalment",
                "obligations": [
                    {"no": no, "kind": "instalment", "debtor": "E1", "creditor": "U1",
                     "amount_fen": amount, "due": {"base": "date", "date": "2025-03-03"}}
                    for no, amount in ((1, 300000), (2, 200000))]}},
            paid("P1", "2025-03-01", 300000, text="某某公司", ref="R1"),
            paid("P2", "2025-03-02", 50000, "E1")))

    def test_claim(self):
        rows = self.run_json("claim")["rows"]
        self.assertEqual([(row["payment"], row["counterparty"], row["candidates"]) for row in rows],
                         [("P1", "某某公司", ["北〔2025〕1号/1"])])
        self.assertIn("某某公司", self.run_it("claim", lang="zh"))
        head = self.head()
        for share, code in (("北〔2025〕1号/1=4000", 4), ("北〔2025〕1号/9=1", 4),
                            ("北〔2025〕1号=1", 2), ("北〔2025〕1号/1", 2), ("/1=5", 2),
                            ("北〔2025〕1号/x=5", 2), ("北〔2025〕1号/1=1.005", 2),
                            ("北〔2025〕1号/1=-5", 2)):
            self.run_it("claim", "P1", "--to", share, "--payer", "E1", code=code)
        self.run_it("claim", "P1", code=2)
        self.run_it("claim", "P9", "--to", "K/1=1", code=3)
        self.run_it("claim", "P1", "--to", "北〔2025〕1号/1=1000", "--dry-run", "--payer", "E1")
        self.assertEqual(self.head(), head)
        done = self.run_json("claim", "P1", "--to", "北〔2025〕1号/1=1,000.00", "--to",
                             "contract/北〔2025〕1号/2=0.2万", "--payer", "E1")
        event = self.run_json("get", done["id"])
        self.assertEqual((event["type"], event["agg"], event["seq"]),
                         ("payment.applied", "P1", self.head()))
        self.assertEqual(event["data"], {"payer": "E1", "alloc": [
            {"owner": "北〔2025〕1号", "no": 1, "amount_fen": 100000},
            {"owner": "contract/北〔2025〕1号", "no": 2, "amount_fen": 200000}]})
        self.assertEqual(self.run_json("claim")["rows"], [])
        paid_off = {row["key"]: row["paid"] for row in
                    self.run_json("outstanding", "--by", "obligation")["rows"]}
        self.assertEqual(paid_off["北〔2025〕1号/1"], 100000)
        self.assertEqual(paid_off["北〔2025〕1号/2"], 200000)


class Unclaimed(Bank):
    """What is left of money of nobody, whatever became of the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().run_it("append", given=ndjson(
            party("U1"), party("E1"),
            {"type": "contract.signed", "agg": "K", "data": {
                "title": "t", "type": "service", "ip_kind": "none", "field": "electronics",
                "sellers": [{"party": "U1", "share_ppm": 1000000}],
                "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
                "effective_rule": "immediate", "term_start": "2025-01-10", "currency": "CNY",
                "total_fen": 1500000, "total_basis": "fixed", "pay_mode": "instalment",
                "obligations": [
                    {"no": no, "kind": "instalment", "debtor": "E1", "creditor": "U1",
                     "amount_fen": amount, "due": {"base": "date", "date": "2025-03-03"}}
                    for no, amount in ((1, 900000), (2, 300000), (3, 200000), (4, 100000))]}}))

    def received(self, name, **more):
        event = paid(name, "2025-03-01", 300000, text="某某公司")
        event["data"].update(more)
        self.run_it("append", given=ndjson(event))

    def event(self, kind, name, event_id, **data):
        self.run_it("append", given=ndjson(
            {"type": "payment." + kind, "agg": name, "id": event_id, "data": data}))

    def take_back(self, name, event_id):
        self.run_it("append", given=ndjson(
            {"type": "event.reversed", "agg": "payment/" + name,
             "data": {"event_id": event_id, "reason": "typo"}}))

    def left(self, name):
        """(what is left, its candidates), or None if it is not listed."""
        rows = {row["payment"]: row for row in self.run_json("claim")["rows"]}
        credit = [row["unapplied"] for row in self.run_json("receipts", "--by", "payer")["rows"]
                  if row["key"] == ""]
        self.assertEqual([sum(row["unapplied"] for row in rows.values())], credit)
        if name not in rows:
            return None
        self.assertEqual(rows[name]["amount"], 300000)
        return rows[name]["unapplied"], rows[name]["candidates"]

    def test_the_whole_without_a_payer(self):
        self.received("W")
        self.assertEqual(self.left("W"), (300000, ["K/2"]))
        done = self.run_json("claim", "W", "--to", "K/1=3000")
        self.assertIsNone(self.left("W"))
        self.take_back("W", done["id"])
        self.assertEqual(self.left("W"), (300000, ["K/2"]))

    def test_a_part_without_a_payer(self):
        self.received("A")
        done = self.run_json("claim", "A", "--to", "K/1=1000")
        self.assertEqual(self.left("A"), (200000, ["K/3"]))
        line = {"owner": "K", "no": 1, "amount_fen": 100000}
        self.event("unapplied", "A", "A-back", alloc=[line])
        self.assertEqual(self.left("A"), (300000, ["K/2"]))
        self.take_back("A", "A-back")
        self.assertEqual(self.left("A"), (200000, ["K/3"]))
        self.take_back("A", done["id"])
        self.run_json("claim", "A", "--to", "K/1=1000", "--payer", "E1")
        self.assertIsNone(self.left("A"))

    def test_a_part_when_it_came(self):
        self.received("C", alloc=[{"owner": "K", "no": 1, "amount_fen": 200000}])
        self.assertEqual(self.left("C"), (100000, ["K/4"]))
        self.event("refunded", "C", "C-from-1", amount_fen=50000, owner="K", no=1,
                   **{"from": "obligation"})
        self.assertEqual(self.left("C"), (100000, ["K/4"]))
        self.take_back("C", "C-from-1")
        self.event("unapplied", "C", "C-back",
                   alloc=[{"owner": "K", "no": 1, "amount_fen": 200000}])
        self.event("returned", "C", "C-returned", reason="r", value_date="2025-03-05")
        self.assertIsNone(self.left("C"))
        self.take_back("C", "C-returned")
        self.assertEqual(self.left("C"), (300000, ["K/2"]))

    def test_what_is_no_claim(self):
        self.received("N")
        head = self.head()
        for share, text in (("K/1=0", "nothing would be claimed"), ("K/x=5", "obligation: x"),
                            ("K/1=", "no amount"),
                            ("K/1=$500", "sign of another currency; the sign")):
            self.run_it("claim", "N", "--to", share, code=2)
            self.assertIn(text, self.err)
        self.run_it("claim", "N", code=2, lang="zh")
        self.assertIn("须写明来款及用途", self.err)
        self.assertEqual(self.head(), head)
        self.event("returned", "N", "N-returned", reason="r", value_date="2025-03-05")

    def test_a_trial_shows_what_would_change(self):
        self.received("S")
        head = self.head()
        self.run_it("claim", "payment/S", "--to", "K/1=1000", "--dry-run")
        for text in ("payment/S", "2,000.00", "K/1", "1,000.00"):
            self.assertIn(text, self.out)
        self.assertEqual(self.head(), head)
        self.event("returned", "S", "S-returned", reason="r", value_date="2025-03-05")

    def test_refunded(self):
        self.received("R")
        self.event("refunded", "R", "R-1", amount_fen=100000)
        self.assertEqual(self.left("R"), (200000, ["K/3"]))
        self.event("refunded", "R", "R-2", amount_fen=200000, **{"from": "credit"})
        self.assertIsNone(self.left("R"))
        self.take_back("R", "R-2")
        self.assertEqual(self.left("R"), (200000, ["K/3"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
