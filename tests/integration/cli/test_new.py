#!/usr/bin/python3
"""new: one event asked for field by field, through a pipe and on a terminal."""

import json
import os
import pty
import select
import unittest

from desk import ACCRUE, PATIENCE, Desk, accrue


def lines(*answers):
    return "".join(answer + "\n" for answer in answers)


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, url, *words):
        self.process, self.screen = pty.fork()
        if self.process == 0:
            environment = {**os.environ, "ACCRUE_URL": url, "LC_ALL": "C"}
            os.execve(ACCRUE, [ACCRUE, "--lang", "en", *words], environment)
        self.seen = ""

    def until(self, text):
        """Reads on until it stands at the end of what is shown."""
        while not self.seen.endswith(text):
            if not select.select([self.screen], [], [], PATIENCE)[0]:
                raise AssertionError("no %r in %r" % (text, self.seen))
            try:
                self.seen += os.read(self.screen, 65536).decode("utf-8", "replace")
            except OSError as end:
                raise AssertionError("no %r in %r" % (text, self.seen)) from end
        return self.seen

    def answer(self, text, until=" > "):
        self.seen = ""
        os.write(self.screen, (text + "\n").encode())
        return self.until(until)

    def end(self):
        status = os.waitpid(self.process, 0)[1]  # to close first would hang up on it
        os.close(self.screen)
        return os.waitstatus_to_exitcode(status)


class New(Desk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for words in (("xk001", "天津新客户有限公司"), ("xk002", "北京老客户有限公司")):
            given = json.dumps({"type": "party.registered", "agg": words[0],
                                "data": {"name": words[1], "kind": "ent_domestic"}})
            code, out, err = accrue("append", url=cls.url, given=given)
            if code != 0:
                raise AssertionError((out, err))

    def last(self):
        event, = self.run_lines("tail", "-n", "1")
        return event

    def test_piped_in(self):
        self.run_it("new", "payment.received", "q1", "--yes",
                    given=lines("CNY", "2万", "xk001", "2024年3月5日", "payer", "xk002", ""))
        self.assertIn("20,000.00", self.out)
        event = self.last()
        self.assertEqual((event["type"], event["agg"]), ("payment.received", "q1"))
        self.assertEqual(event["data"], {"amount_fen": 2000000, "currency": "CNY",
                                         "payee": "xk001", "payer": "xk002",
                                         "value_date": "2024-03-05"})

    def test_bad_answers_are_asked_for_again(self):
        head = self.head()
        self.run_it("new", "payment.received", "q2", "--yes",
                    given=lines("CNY", "面议", "1.5万", "xk001", "3/5/2024", "2024/3/5", "nothing",
                                "payer", "xk009", "", "xk002"))
        for text in ("no amount", "no date", "there is no such field", "data.payer"):
            self.assertIn(text, self.err)
        self.assertEqual(self.head(), head + 1)
        data = self.last()["data"]
        self.assertEqual((data["amount_fen"], data["payer"]), (1500000, "xk002"))

    def test_decimals_are_of_the_currency(self):
        self.run_it("new", "payment.received", "q3", "--yes",
                    given=lines("JPY", "1500", "xk001", "2024-03-05", ""))
        self.assertEqual(self.last()["data"]["amount_fen"], 1500)

    def test_nothing_is_posted_without_consent(self):
        head = self.head()
        given = lines("CNY", "1", "xk001", "2024-03-05", "", "no")
        self.run_it("new", "payment.received", "q4", given=given, code=1)
        self.run_it("new", "payment.received", "q4", given=lines("CNY", "1"), code=2)
        self.assertIn("the input ended", self.err)
        self.run_it("new", "no.such_type", code=3)
        self.assertEqual(self.head(), head)

    def test_print_needs_no_daemon(self):
        code, out, err = accrue(
            "new", "contract.signed", "--print", url="unix:/nowhere",
            given=lines("K/1", "CNY", "xk001", "100%", "no", "immediate", "1", "know_how", "lump",
                        "xk002", "100%", "no", "2024-03-05", "2024-03-05", "一份合同", "fixed",
                        "技术开发",
                        "obligations", "2万", "xk002", "xk001", "lump", "1", "due", "date",
                        "2024-04-01", "", "", "no", "total_fen", "2万", ""))
        self.assertEqual(code, 0, err)
        event = json.loads(out)
        self.assertEqual(event["agg"], "K/1")
        self.assertEqual(event["data"]["buyers"], [{"party": "xk001", "share_ppm": 1000000}])
        self.assertEqual(event["data"]["type"], "development")
        self.assertEqual(event["data"]["field"], "electronics")
        self.assertEqual(event["data"]["obligations"],
                         [{"amount_fen": 2000000, "creditor": "xk002", "debtor": "xk001",
                           "due": {"base": "date", "date": "2024-04-01"}, "kind": "lump",
                           "no": 1}])
        event["agg"] = "K1"
        self.run_it("append", given=json.dumps(event))

    def test_on_a_terminal(self):
        head = self.head()
        screen = Terminal(self.url, "new", "payment.received")
        self.assertIn("id of the aggregate (payment) *", screen.until(" > "))
        self.assertIn("currency, ISO 4217", screen.answer("q5"))
        self.assertIn("amount in 元", screen.answer("CNY"))
        screen.answer("2万")
        screen.answer("xk001")
        self.assertIn("no such day", screen.answer("2024-02-30"))
        self.assertIn("may be given: alloc bank_ref", screen.answer("2024-03-05"))
        self.assertIn("payer as the bank names it", screen.answer("?"))
        self.assertIn("20,000.00", screen.answer(""))
        self.assertIn("posted as seq %d" % (head + 1), screen.answer("yes", until="\r\n")
                      + screen.until("%d\r\n" % (head + 1)))
        self.assertEqual(screen.end(), 0)


if __name__ == "__main__":
    unittest.main()
