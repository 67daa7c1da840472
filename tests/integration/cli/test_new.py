#!/usr/bin/python3
"""new: one event asked for field by field, through a pipe and on a terminal."""

import json
import os
import pty
import select
import unittest

from desk import ACCRUE, PATIENCE, Desk, accrue, ndjson, party


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
                    given=lines("CNY", "面议", "1.5万", "xk001", "3/5/2024", "2099/3/5", "nothing",
                                "payer", "xk002", "", "2024/3/5"))
        for text in ("no amount", "no date", "there is no such field", "data.value_date"):
            self.assertIn(text, self.err)
        self.assertEqual(self.head(), head + 1)
        data = self.last()["data"]
        self.assertEqual((data["amount_fen"], data["value_date"]), (1500000, "2024-03-05"))

    def test_optional_fields_can_be_left_out_again(self):
        self.run_it("new", "payment.received", "q6", "--yes",
                    given=lines("CNY", "1", "xk001", "2024-03-05", "payer", "", ""))
        self.assertNotIn("payer", self.last()["data"])
        self.run_it("new", "payment.received", "q7", "--yes",
                    given=lines("CNY", "1", "xk001", "2024-03-05", "payer_text",
                                "110101199003074477", "", ""))
        self.assertIn("data.payer_text", self.err)
        self.assertEqual(self.last()["agg"], "q7")
        self.assertNotIn("payer_text", self.last()["data"])

    def test_what_is_not_known_yet(self):
        for word in ("null", "未定"):
            code, out, err = accrue("new", "obligation.scheduled", "K", "--print",
                                    url="unix:/nowhere",
                                    given=lines("CNY", "", word, "xk001", "xk002", "lump", "7", ""))
            self.assertEqual(code, 0, err)
            self.assertEqual(json.loads(out)["data"],
                             {"amount_fen": None, "creditor": "xk001", "debtor": "xk002",
                              "kind": "lump", "no": 7})
        code, out, err = accrue("new", "obligation.disputed", "K", "--print", url="unix:/nowhere",
                                given=lines("CNY", "", "null", "1", "7", ""))
        self.assertEqual(json.loads(out)["data"], {"amount_fen": 100, "no": 7}, err)

    def test_one_of_two_lists(self):
        code, out, err = accrue("new", "trial.converted", "K", "--print", url="unix:/nowhere",
                                given=lines("CNY", "2024-03-05", "royalty", "royalty", "net_sales",
                                            "year", "no", "5%、4%", "", ""))
        self.assertEqual(code, 0, err)
        self.assertEqual(json.loads(out)["data"]["royalty"],
                         {"base": "net_sales", "period": "year", "year_rates_ppm": [50000, 40000]})

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


def contract(name, currency):
    return {"type": "contract.signed", "agg": name, "data": {
        "title": "t", "type": "service", "ip_kind": "none", "field": "electronics",
        "sellers": [{"party": "U1", "share_ppm": 1000000}],
        "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
        "effective_rule": "immediate", "term_start": "2025-01-10", "currency": currency,
        "total_fen": 700000, "total_basis": "fixed", "pay_mode": "instalment",
        "obligations": [
            {"no": no, "kind": "instalment", "debtor": "E1", "creditor": "U1",
             "amount_fen": amount, "due": {"base": "date", "date": "2025-03-03"}}
            for no, amount in ((1, 400000), (2, 300000))]}}


def received(name, currency, **more):
    return {"type": "payment.received", "agg": name, **more, "data": {
        "amount_fen": 500000, "currency": currency, "payee": "U1", "payer": "E1", "alloc": [],
        "value_date": "2025-03-01"}}


class Currency(Desk):
    """A yen has no fen: who reads an amount as yuan makes it a hundred times as large."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().run_it("append", given=ndjson(
            party("U1"), party("E1"), contract("J", "JPY"), contract("K", "CNY"),
            {"type": "contract.drafted", "agg": "D", "data": {"title": "t"}},
            {"type": "match.introduced", "agg": "M", "data": {"buyer": "E1", "seller": "U1"}}))

    def posted(self, event_type, agg, *answers, words=()):
        self.run_it("new", event_type, agg, "--yes", *words, given=lines(*answers))
        self.told = self.err
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual(event["type"], event_type)
        return event

    def printed(self, event_type, agg, *answers):
        code, out, err = accrue("new", event_type, agg, "--print", url="unix:/nowhere",
                                given=lines(*answers))
        self.assertEqual(code, 0, err)
        return json.loads(out)["data"]

    def test_of_the_contract(self):
        event = self.posted("obligation.disputed", "J", "", "1500", "1", "")
        self.assertEqual(event["data"]["amount_fen"], 1500)
        event = self.posted("obligation.disputed", "contract/K", "", "1500", "1", "")
        self.assertEqual(event["data"]["amount_fen"], 150000)
        self.run_it("new", "obligation.disputed", "J", "--yes", code=2,
                    given=lines("", "1500.50", "2"))
        self.assertIn("decimals", self.err)
        event = self.posted("obligation.disputed", "J", "", "1500元", "JPY 1500", "2", "")
        self.assertIn("currency", self.told)
        self.assertEqual(event["data"]["amount_fen"], 1500)

    def test_of_the_event_in_a_list(self):
        event = self.posted("payment.received", "P1", "jpy", "5000", "U1", "2025-03-01",
                            "alloc", "1500", "2", "J", "no", "")
        self.assertEqual(event["data"]["currency"], "JPY")
        self.assertEqual(event["data"]["alloc"], [{"amount_fen": 1500, "no": 2, "owner": "J"}])
        data = self.printed(
            "contract.signed", "J2", "JPY", "E1", "100%", "no", "immediate", "1", "know_how",
            "lump", "U1", "100%", "no", "2024-03-05", "2024-03-05", "t", "fixed", "service",
            "obligations", "2万", "U1", "E1", "lump", "1", "", "no", "royalty", "net_sales",
            "quarter", "yes", "", "5%", "upto_fen", "30万", "", "no", "", "total_fen", "2万", "")
        self.assertEqual(data["obligations"][0]["amount_fen"], 20000)
        self.assertEqual(data["royalty"]["tiers"], [{"rate_ppm": 50000, "upto_fen": 300000}])
        self.assertEqual(data["total_fen"], 20000)

    def test_of_the_contract_in_a_list(self):
        event = self.posted("usage.reported", "J", "", "2025-03-31", "2025-01-01", "9000",
                            "deductions", "1200", "freight", "no", "")
        self.assertEqual(event["data"]["deductions"], [{"amount_fen": 1200, "kind": "freight"}])
        self.assertEqual(event["data"]["base_fen"], 9000)

    def test_of_the_payment(self):
        self.run_it("append", given=ndjson(received("P2", "JPY")))
        event = self.posted("payment.applied", "P2", "", "1500", "2", "J", "no", "")
        self.assertEqual(event["data"]["alloc"][0]["amount_fen"], 1500)

    def test_of_a_payment_that_was_corrected(self):
        self.run_it("append", given=ndjson(
            received("P3", "CNY", id="P3"),
            {"type": "event.reversed", "agg": "payment/P3",
             "data": {"event_id": "P3", "reason": "typo"}},
            received("P3", "JPY")))
        event = self.posted("payment.refunded", "P3", "", "1500", "")
        self.assertEqual(event["data"]["amount_fen"], 1500)
        answer = self.run_json("claim", "P3", "--to", "J/2=1500")
        self.assertEqual(answer["alloc"][0]["amount_fen"], 1500)

    def test_what_is_not_known_is_asked_for(self):
        for agg, words in (("J", ("JPY", "", "1500", "1", "")),
                           ("K", ("1500", "贝壳", "JPY", "", "1500", "1", ""))):
            data = self.printed("obligation.disputed", agg, *words)
            self.assertEqual(data, {"amount_fen": 1500, "no": 1})
        self.assertEqual(self.printed("payment.refunded", "P", "KWD", "", "1.505", "")
                         ["amount_fen"], 1505)
        self.run_it("new", "obligation.scheduled", "D", "--yes", given=lines("", "1500"), code=2)
        for text in ("no currency", "ISO 4217"):
            self.assertIn(text, self.err)
        self.run_it("new", "obligation.scheduled", "D", "--yes", given=lines("", "1500"), code=2,
                    lang="zh")
        self.assertIn("不是币种", self.err)

    def test_everything_else_is_in_yuan(self):
        self.assertEqual(self.posted("need.published", "N", "", "U1", "t", "budget_fen", "1500",
                                     "")["data"]["budget_fen"], 150000)
        self.assertEqual(self.printed("contract.drafted", "D2", "", "est_fen", "2万", "")
                         ["est_fen"], 2000000)

    def test_another_aggregate_is_in_another_currency(self):
        self.run_it("append", given=ndjson(received("P4", "JPY")))
        event = self.posted("payment.refunded", "X", "P4", "", "1500", "")
        self.assertIn("X: there is no such payment", self.told)
        self.assertEqual((event["agg"], event["data"]["amount_fen"]), ("P4", 1500))
        self.run_it("new", "payment.refunded", "X", given="", code=2, lang="zh")
        self.assertIn("X: 无此笔到账", self.err)

    def test_amounts_before_the_currency(self):
        event = self.posted("match.closed", "M", "", "signed", "amount_fen", "1500",
                            "contract", "J", "", "2500")
        self.assertIn("amount_fen: once more, in JPY", self.told)
        self.assertEqual(event["data"]["amount_fen"], 2500)

    def test_another_currency_after_a_refusal(self):
        self.run_it("new", "contract.registration_changed", "J", "--yes", code=4,
                    given=lines("", "total_fen", "1500", "", "K", "1600", "J", "1700"))
        self.assertEqual(self.err.count("total_fen: once more, in CNY"), 1)
        self.assertEqual(self.err.count("total_fen: once more, in JPY"), 1)

    def test_the_question_names_it(self):
        screen = Terminal(self.url, "new", "obligation.disputed", "J")
        screen.until("effective date (today) > ")
        self.assertIn("amount in JPY", screen.answer(""))
        os.close(screen.screen)
        os.waitpid(screen.process, 0)


NUMBER = "BK［2024］017"


class Names(Desk):
    """Clerks know names and numbers, not ids."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        signed = contract("K", "CNY")
        signed["data"].update(title="多目标跟踪许可", contract_no=NUMBER)
        cls().run_it("append", given=ndjson(
            party("U1", data={"name": "天津理工大学", "kind": "university", "aliases": ["天理工"],
                              "uscc": "12120000401356410W"}),
            party("E1", data={"name": "臺灣華為（天津）技術有限公司", "kind": "ent_domestic"}),
            party("E2", data={"name": "天津华夏有限公司", "kind": "ent_domestic"}),
            party("E3", data={"name": "天津华夏有限公司", "kind": "ent_domestic"}),
            party("E4", data={"name": "天津华夏有限公司第二分公司", "kind": "ent_domestic"}),
            {"type": "technology.published", "agg": "mot", "data": {
                "title": "多目标跟踪方法", "ip_kind": "invention",
                "patent_no": "ZL 2021 1 0123456.7",
                "owners": [{"party": "U1", "share_ppm": 1000000}]}},
            signed, {**contract("K10", "CNY"), "id": "signed-K10"}))

    def payer_of(self, answer):
        self.count = getattr(self, "count", 0) + 1
        self.run_it("new", "payment.received", "n-%s-%d" % (self.id().split(".")[-1], self.count),
                    "--yes", given=lines("CNY", "1", "天理工", "2024-03-05", "payer", answer, ""))
        told = self.err
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual(event["data"]["payee"], "U1")
        self.assertIn("  U1  天津理工大学\n", told)
        return event["data"]["payer"], told

    def test_of_a_party(self):
        for answer in ("台湾华为(天津)技术有限公司", "ｅ１", "E1"):
            payer, told = self.payer_of(answer)
            self.assertEqual((payer, "  E1  臺灣華為（天津）技術有限公司\n" in told),
                             ("E1", answer != "E1"), answer)
        for answer in ("12120000401356410w", "天津理工大學", "天理工"):
            self.assertEqual(self.payer_of(answer)[0], "U1")
        self.assertEqual(self.payer_of("天津華夏有限公司第二分公司")[0], "E4")

    def test_of_a_contract_and_in_lists(self):
        for answer in ("bk(2024)017", NUMBER, "多目标跟踪许可", "contract/K",
                       "contract/bk[2024]017"):
            self.run_it("new", "obligation.disputed", answer, "--print",
                        given=lines("CNY", "", "1", "1", ""))
            self.assertEqual(json.loads(self.out)["agg"], answer, "--print asks no daemon")
            self.run_it("new", "obligation.acknowledged", "--yes",
                        given=lines(answer, "1", "台湾华为（天津）技术有限公司", "1", "2025-04-01"))
            event, = self.run_lines("tail", "-n", "1")
            self.assertIn(event["agg"], ("K", "contract/K"), answer)
            self.assertEqual(event["data"]["by"], "E1")
        self.run_it("new", "payment.received", "n-list", "--yes", given=lines(
            "CNY", "3", "U1", "2024-03-05", "alloc", "1", "1", NUMBER, "no", "for", "bk(2024)017",
            ""))
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual((event["data"]["alloc"][0]["owner"], event["data"]["for"]), ("K", "K"))
        self.run_it("new", "pledge.registered", "L", "--yes", given=lines(
            "", "2027-03-05", "2024-03-05", "100", "号一", "E1", "天津理工大學",
            "202110123456.7、mot", ""))
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual(event["data"]["technologies"], ["mot", "mot"])

    def test_what_names_none_or_several_ends_a_pipe(self):
        head = self.head()
        for answer, told in (("贝壳", "payee: 贝壳: nothing in the log"),
                             ("天津华夏有限公司", "payee: 天津华夏有限公司: several"),
                             ("第二分公司", "payee: 第二分公司: only a part of a name"),
                             ("第二分公司", "  E4  天津华夏有限公司第二分公司\n"),
                             ("12120000401356410", "nothing in the log"), ("，", "nothing"),
                             ("天津", "  E4  天津华夏有限公司第二分公司\n")):
            self.run_it("new", "payment.received", "n0", "--yes", code=2,
                        given=lines("CNY", "1", answer, "E1", "2024-03-05", ""))
            self.assertIn(told, self.err)
        self.run_it("new", "payment.received", "n0", "--yes", code=2,
                    given=lines("CNY", "1", "天津华夏有限公司", "E1", "2024-03-05", ""))
        self.assertIn("  E2  天津华夏有限公司\n  E3  天津华夏有限公司\n", self.err)
        self.assertNotIn("E4", self.err, "some are called so")
        self.run_it("new", "obligation.disputed", "K1", "--yes", code=2, lang="zh", given="")
        self.assertIn("agg: K1: 日志中无此编号", self.err, "a part of K10 is not K10")
        self.assertEqual(self.head(), head)

    def test_what_is_made_is_not_looked_up(self):
        self.run_it("new", "party.registered", "多目标跟踪许可", "--yes",
                    given=lines("", "同名", "university", ""))
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual(event["agg"], "多目标跟踪许可")

    def test_on_a_terminal(self):
        head = self.head()
        screen = Terminal(self.url, "new", "obligation.acknowledged", "贝壳")
        self.assertIn("nothing in the log has this id", screen.until(" > "))
        self.assertIn("id, title or number of a contract", screen.seen)
        self.assertIn("  K  多目标跟踪许可", screen.answer(NUMBER))
        self.assertIn("(party: id, name, alias or uscc)", screen.answer("1"))
        self.assertIn("nothing in the log has this id", screen.answer("贝壳"))
        said = screen.answer("天津华夏")
        for row in ("E2  天津华夏有限公司", "E3  天津华夏有限公司", "E4  天津华夏有限公司第二"):
            self.assertIn("  " + row, said)
        self.assertIn("by  ", said, "asked again")
        self.assertIn("  E1  臺灣華為", screen.answer("华为"))
        screen.answer("1")
        screen.answer("2025-04-02")
        screen.answer("yes", until="posted as seq %d\r\n" % (head + 1))
        self.assertEqual(screen.end(), 0)
        event, = self.run_lines("tail", "-n", "1")
        self.assertEqual((event["agg"], event["data"]["by"]), ("K", "E1"))


if __name__ == "__main__":
    unittest.main()
