#!/usr/bin/python3
"""correct: a preview of figures, and one atomic batch of reversals and posts."""

import json
import unittest

from desk import Desk, ndjson, party

SIGNED = {"type": "contract.signed", "agg": "K1", "id": "k1", "data": {
    "title": "试用许可", "type": "service", "ip_kind": "none", "field": "electronics",
    "sellers": [{"party": "U1", "share_ppm": 1000000}],
    "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
    "effective_rule": "immediate", "term_start": "2025-01-10", "currency": "CNY",
    "total_fen": 1000000, "total_basis": "fixed", "pay_mode": "lump", "obligations": [
        {"no": 1, "kind": "lump", "debtor": "E1", "creditor": "U1", "amount_fen": 1000000,
         "due": {"base": "date", "date": "2025-03-03"}}]}}
PAID = {"type": "payment.received", "agg": "P1", "id": "p1", "data": {
    "payer": "E1", "payee": "U1", "amount_fen": 400000, "currency": "CNY",
    "value_date": "2025-03-01", "alloc": [{"owner": "K1", "no": 1, "amount_fen": 400000}]}}


class Correct(Desk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0

    def setUp(self):
        """A contract of its own for each test, with a payment on it and a note."""
        type(self).number += 1
        n = str(self.number)
        text = ndjson(party("U1"), party("E1"), SIGNED, PAID,
                      {"type": "note.added", "agg": "K1", "id": "n1", "data": {"text": "看过"}})
        for name in ("U1", "E1", "K1", "P1"):
            text = text.replace(f'"{name}"', f'"{name}-{n}"')
        for name in ("k1", "p1", "n1"):
            text = text.replace(f'"{name}"', f'"{name}-{n}"')
        self.run_it("append", given=text)
        self.contract, self.signed, self.paid = f"K1-{n}", f"k1-{n}", f"p1-{n}"

    def owed(self, *more):
        rows = json.loads(self.run_it("outstanding", "--json", "--contract", self.contract, *more))
        return rows["rows"][0]

    def test_a_preview_posts_nothing(self):
        head = self.head()
        before = self.owed()
        out = self.run_it("correct", self.paid, "--set", "amount_fen=500000",
                          "--set", "alloc[0].amount_fen=500000", "--preview")
        self.assertEqual((self.head(), self.owed()), (head, before))
        self.assertIn("5,000.00", out)
        self.assertIn("outstanding", out)
        answer = json.loads(self.run_it("correct", self.paid, "--set", "amount_fen=500000",
                                        "--preview", "--json"))
        self.assertFalse(answer["posted"])
        self.assertEqual([event["type"] for event in answer["batch"]],
                         ["event.reversed", "payment.received"])
        self.assertEqual(answer["batch"][1]["corrects"], self.paid)

    def test_the_preview_says_what_comes_to_pass(self):
        words = ("correct", self.paid, "--set", "amount_fen=700000",
                 "--set", "alloc[0].amount_fen=650000", "--json")
        figures = json.loads(self.run_it(*words, "--preview"))["figures"]
        said = {figure["key"]: figure["after"] for figure in figures}
        self.run_it(*words)
        row = self.owed()
        self.assertEqual(said[f"{self.contract}/1"]["paid"], row["paid"])
        self.assertEqual(said[f"{self.contract}/1"]["outstanding"], row["outstanding"])
        self.assertEqual((row["paid"], row["unapplied_credit"]), (650000, 50000))

    def test_what_stands_on_it_goes_with_it(self):
        head = self.head()
        out = json.loads(self.run_it("correct", self.signed, "--set", "total_fen=900000", "--set",
                                     "obligations[0].amount_fen=900000", "--reason", "typo",
                                     "--json"))
        # note, payment and contract backwards; contract, payment and note forwards
        self.assertEqual((out["first"], out["last"]), (head + 1, head + 6))
        row = self.owed()
        self.assertEqual((row["scheduled"], row["paid"], row["outstanding"]),
                         (900000, 400000, 500000))
        was = self.owed("--known-at", str(head))
        self.assertEqual((was["scheduled"], was["outstanding"]), (1000000, 600000))
        note = json.loads(self.run_it("get", str(head + 6), "--json"))
        first = json.loads(self.run_it("get", str(head), "--json"))
        self.assertEqual((note["type"], note["effective"]), ("note.added", first["effective"]))
        reversal = json.loads(self.run_it("get", str(head + 1), "--json"))
        self.assertEqual(reversal["data"]["reason"], "typo")

    def test_a_date_may_change_too(self):
        self.run_it("correct", self.paid, "--set", "value_date=2025-06-30")
        self.assertEqual(self.owed("--as-of", "2025-06-29")["paid"], 0)
        self.assertEqual(self.owed("--as-of", "2025-06-30")["paid"], 400000)

    def test_a_wrong_change_changes_nothing(self):
        head = self.head()
        self.run_it("correct", self.paid, "--set", "alloc[0].amount_fen=9000000", code=4)
        self.assertIn("E_OVER_ALLOCATION", self.err)
        self.run_it("correct", self.paid, "--set", "alloc[7].amount_fen=1", code=2)
        self.run_it("correct", self.paid, "--set", "amount_fen", code=2)
        self.run_it("correct", self.paid, code=2)
        self.run_it("correct", self.paid, "--unset", "nothing", code=2)
        self.run_it("correct", "no-such-id", "--set", "a=1", code=3)
        self.run_it("correct", self.paid, "--set", "amont_fen=1", code=4)
        self.assertIn("amont_fen", self.err)
        self.assertEqual(self.head(), head)

    def test_a_corrected_event_can_be_corrected_again(self):
        out = json.loads(self.run_it("correct", self.paid, "--set", "bank_ref=A-1", "--json"))
        self.run_it("correct", str(out["last"]), "--set", "bank_ref=A-2", "--unset", "alloc")
        row = self.owed()  # it came before the due date: appropriated by nobody
        self.assertEqual((row["paid"], row["outstanding"]), (0, 1000000))
        self.run_it("correct", self.paid, "--set", "bank_ref=A-3", code=4)
        self.assertIn("E_ALREADY_REVERSED", self.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
