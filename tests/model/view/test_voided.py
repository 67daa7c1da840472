#!/usr/bin/python3
"""Money under contracts that are void (Civil Code arts 157, 985), whatever comes and goes in
whatever order: no fen is owed twice, and none is forgotten.

  What is still on a contract's debts is what its seller owes back or gave back already, less what
  the buyer, who has it twice, owes for that or gave back in turn.
"""

import datetime
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon, Refused  # noqa: E402

CONTRACTS = 60
PARTIES = ("U", "E", "Z")  # seller, buyer, who takes claims over
LATER = "2026-12-31"


def event(name, agg, data, **more):
    return {"type": name, "agg": agg, "data": data, **more}


def party(name):
    data = {"name": "甲" + name, "legal_code": "110", "region": "120000"}
    return event("party.registered", name, data, effective="2018-01-02")


class History:
    """Events about one contract, day after day."""

    def __init__(self, chance, name):
        self.chance = chance
        self.name = name
        self.day = datetime.date(2026, 1, 5)
        self.debts = {no: chance.randrange(1, 20) * 1000
                      for no in range(1, chance.randrange(2, 5))}
        self.paid = []  # (payment, number of the debt, amount)
        self.returned = []

    def next_day(self):
        self.day += datetime.timedelta(days=self.chance.randrange(4))
        return str(self.day)

    def signed(self):
        debts = [{"no": no, "kind": "instalment", "amount_fen": amount, "debtor": "E",
                  "creditor": "U", "due": {"base": "date", "date": "2026-01-12"}}
                 for no, amount in self.debts.items()]
        data = {"title": self.name, "type": "license", "technologies": ["T"],
                "sellers": [{"party": "U", "share_ppm": 1000000}],
                "buyers": [{"party": "E", "share_ppm": 1000000}],
                "ip_kind": "know_how", "field": "electronics", "effective_rule": "immediate",
                "term_start": "2026-01-05", "sign_date": "2026-01-05", "currency": "CNY",
                "total_fen": sum(self.debts.values()), "total_basis": "fixed",
                "pay_mode": "instalment", "obligations": debts}
        if self.chance.random() < .4:
            data["late"] = {"daily_ppm": 500}
        return event("contract.signed", self.name, data)

    def lines(self, no, amount):
        return [{"owner": self.name, "no": no, "amount_fen": amount}]

    def received(self, payment, payer, payee, alloc):
        return event("payment.received", payment, {
            "payer": payer, "payee": payee, "currency": "CNY", "value_date": self.next_day(),
            "amount_fen": sum(line["amount_fen"] for line in alloc), "alloc": alloc})

    def payment(self):
        name = f"{self.name}M{len(self.paid)}"
        alloc = []
        for no, amount in self.debts.items():
            if no == 1 or self.chance.random() < .7:
                part = self.chance.randrange(1, amount + 1)
                alloc += self.lines(no, part)
                self.paid.append((name, no, part))
        return self.received(name, "E", "U", alloc)

    def unapplied(self):
        payment, no, amount = self.chance.choice(self.paid)
        part = max(1, amount * self.chance.randrange(1, 11) // 10)
        return event("payment.unapplied", payment, {"alloc": self.lines(no, part)},
                     effective=self.next_day())

    def refunded(self):
        payment, no, amount = self.chance.choice(self.paid)
        return event("payment.refunded", payment,
                     {"amount_fen": self.chance.randrange(1, amount + 1), "from": "obligation",
                      "owner": self.name, "no": no}, effective=self.next_day())

    def back(self):
        payment = self.chance.choice(self.paid)[0]
        if self.returned and self.chance.random() < .4:
            payment = self.chance.choice(self.returned)
        return event("payment.returned", payment, {"reason": "退票", "value_date": self.next_day()})

    def restitution(self):
        return len(self.debts) + 1 + min(self.chance.randrange(6), self.chance.randrange(6))

    def given_back(self):
        payment = f"{self.name}R{len(self.returned)}"
        self.returned.append(payment)
        payer, payee = ("U", "E") if self.chance.random() < .8 else ("E", "U")
        amount = self.chance.randrange(1, 12) * self.chance.choice([100, 500, 1000])
        return self.received(payment, payer, payee, self.lines(self.restitution(), amount))

    def assigned(self):
        return event("obligation.assigned", "contract/" + self.name,
                     {"no": self.restitution(), "new_creditor": self.chance.choice(PARTIES),
                      "amount_fen": self.chance.randrange(1, 10) * 200, "notice": str(self.day)},
                     effective=self.next_day())

    def events(self):
        yield self.signed()
        for _ in range(self.chance.randrange(1, 4)):
            yield self.payment()
        yield event("contract.voided", self.name, {"ruling": "r", "date": self.next_day()})
        kinds = [self.given_back] * 5 + [self.unapplied] * 3 + [self.refunded, self.back,
                                                                self.assigned, self.assigned]
        for _ in range(self.chance.randrange(6, 24)):
            yield self.chance.choice(kinds)()


class Voided(unittest.TestCase):
    def test_no_fen_is_owed_twice_or_forgotten(self):
        with Daemon() as daemon:
            daemon.start()
            with daemon.client() as client:
                owners = [{"party": "U", "share_ppm": 1000000}]
                client.call("append", {"events": [{**one, "id": one["agg"]} for one in (
                    *map(party, PARTIES),
                    event("technology.published", "T",
                          {"title": "x", "ip_kind": "know_how", "owners": owners},
                          effective="2018-01-03"))]})
                stored = sum(self.post(client, f"C{number}") for number in range(CONTRACTS))
                self.assertGreater(stored, 5 * CONTRACTS)
                answer = client.call("query", {"projection": "open_items", "as_of": LATER,
                                               "limit": 10000})
            self.assertIsNone(answer["next"])
            self.check(answer["rows"])
            self.assertEqual(daemon.stop(), 0)

    @staticmethod
    def post(client, name):
        stored = 0
        for number, one in enumerate(History(random.Random(name), name).events()):
            try:
                client.call("append", {"events": [{**one, "id": f"{name}-{number}"}]})
                stored += 1
            except Refused:
                pass  # more than there is, or what is not there
        return stored

    def check(self, rows):
        left, given, turned = {}, {}, {}
        for row in rows:
            restitution = row["kind"] == "restitution"
            into = left if not restitution else given if row["debtor"] == "U" else turned
            amount = row["paid"] + row["outstanding" if restitution else "interest_paid"]
            into[row["contract"]] = into.get(row["contract"], 0) + amount
        self.assertGreater(len(turned), CONTRACTS // 10)
        for contract in left:
            with self.subTest(contract):
                self.assertEqual(left[contract],
                                 given.get(contract, 0) - turned.get(contract, 0))


if __name__ == "__main__":
    unittest.main()
