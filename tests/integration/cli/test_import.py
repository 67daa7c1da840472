#!/usr/bin/python3
"""import: every fault by row and column, nothing stored twice, whatever is cut off goes on.

ACCRUE_IMPORT_ROWS=100000 runs the large sheet whole and prints what it took.
"""

import csv
import json
import os
import subprocess
import time
import unittest

import sheets
from desk import ACCRUE, Desk, accrue

LARGE = int(os.environ.get("ACCRUE_IMPORT_ROWS", "3000"))
MEMORY_MIB = 48  # of the command, whatever the rows; what a sanitizer adds is not counted
SANITIZED = "ACCRUE_SANITIZE" in os.environ

# What is made wrong in row (of the sheet) and column, and what it then holds.
DIRTY = {
    17: ("合同金额（元）", "面议"), 40: ("签订日期", "2024-02-30"),
    63: ("合同类别", "技术入股"), 95: ("合同金额（元）", "12,00"),
    128: ("签订日期", "3/5/2024"), 160: ("甲方", "路人乙"),
    201: ("合同编号", "TJ-2024-000001"), 250: ("支付方式", "看情况"),
    301: ("合同金额（元）", "0.001"), 333: ("乙方", "路人甲"),
    402: ("技术领域", ""), 499: ("付款日期", "明年"),
}


def soiled(rows, first_row=3):
    rows = [list(row) for row in rows]
    for number, (heading, text) in DIRTY.items():
        rows[number - first_row][sheets.HEADINGS.index(heading)] = text
    return rows


class Import(Desk):
    def setUp(self):
        self.tearDownClass()
        self.setUpClass()
        self.path = os.path.join(self.daemon.directory, "sheet")

    def run_import(self, *words, code=0):
        return self.run_json("import", self.path, "--profile", "cn-contract", *words, code=code)

    def outstanding(self):
        rows = self.run_json("outstanding", "--by", "currency", "--as-of", "2030-01-01")["rows"]
        return sum(row["scheduled"] for row in rows)

    def assert_all_found(self, told):
        self.assertEqual(told["faulty"], 12)
        self.assertEqual({fault["sheet_row"]: fault["sheet_column"] for fault in told["faults"]},
                         {row: column for row, (column, _) in DIRTY.items()})
        for fault in told["faults"]:
            self.assertEqual(fault["held"], DIRTY[fault["sheet_row"]][1])
            self.assertTrue(fault["wrong"] and fault["accepted"], fault)
        self.assertEqual([fault["sheet_row"] for fault in told["faults"]], sorted(DIRTY))

    def test_twelve_of_five_hundred(self):
        rows, _ = sheets.contracts(500)
        head = self.head()
        dirty = soiled(rows)
        for write, options in ((sheets.as_csv, {"encoding": "gb18030"}),
                               (sheets.as_csv, {"encoding": "utf-8-sig"}),
                               (sheets.as_csv, {"encoding": "utf-16"}), (sheets.as_xlsx, {})):
            write(self.path, dirty, **options)
            told = self.run_import("--dry-run", code=4)
            self.assert_all_found(told)
            self.assertEqual((told["rows"], told["new"], told["there"]), (500, 488, 0))
            self.assertEqual(told["events"]["contract.signed"], 488)
            self.assertFalse(self.run_import(code=4)["posted"])
            self.assertEqual(self.head(), head, "with a fault nothing is stored")

    def test_a_clean_sheet_and_the_same_again(self):
        rows, total = sheets.contracts(500)
        sheets.as_csv(self.path, rows, encoding="gb18030")
        head = self.head()
        told = self.run_import("--dry-run")
        self.assertEqual(self.head(), head)
        self.assertIn({"currency": "CNY", "figure": "scheduled", "figure_change": total * 100},
                      told["figures"])
        self.assertEqual(self.run_import()["new"], 500)
        self.assertEqual(self.outstanding(), total * 100)
        head = self.head()
        self.assertEqual(head, 1 + sum(told["events"].values()))
        sheets.as_xlsx(self.path, rows)  # another format, the same content
        again = self.run_import()
        self.assertEqual((again["new"], again["there"], again["changed"]), (0, 500, 0))
        self.assertEqual(self.head(), head)
        more, _ = sheets.contracts(3, seed=9, first=501)
        sheets.as_csv(self.path, rows + more)
        self.assertEqual(self.run_import()["new"], 3)

    def test_good_rows_alone(self):
        rows, _ = sheets.contracts(500)
        sheets.as_csv(self.path, soiled(rows))
        faults = self.path + ".csv"
        told = self.run_import("--keep-going", "--faults", faults, code=4)
        self.assertTrue(told["posted"])
        with open(faults, encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        self.assertEqual(lines[0][:2], ["row", "column"])
        self.assertEqual([int(line[0]) for line in lines[1:]], sorted(DIRTY))
        sheets.as_csv(self.path, rows)
        told = self.run_import()
        self.assertEqual((told["new"], told["there"]), (12, 488), "the rest, once it is mended")

    def test_killed_and_run_again(self):
        rows, total = sheets.contracts(1000)
        sheets.as_csv(self.path, rows)
        head = self.head()
        words = [ACCRUE, "import", self.path, "--profile", "cn-contract", "--url", self.url]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
            with self.daemon.client() as client:
                while process.poll() is None and client.call("ping") is not None:
                    if client.call("status")["head"] > head + 100:
                        process.kill()
        told = self.run_import()
        self.assertEqual(told["new"] + told["there"], 1000)
        self.assertGreater(told["there"], 0)
        self.assertEqual(self.outstanding(), total * 100)
        self.assertEqual(self.run_import()["new"], 0)

    def test_terms_of_every_kind(self):
        """On effect, by instalments, on trial, by royalty; then the first is registered."""
        row = {"合同类别": "技术许可", "许可方": "天津理工大学", "许可方法人代码": "022",
               "许可方地区": "天津市", "被许可方": "智感技术（天津）有限公司",
               "被许可方法人代码": "110", "被许可方地区": "天津", "技术领域": "电子信息",
               "签订日期": "2025-03-10",
               "终止日期": "2026-03-09", "成果名称": "多运动目标跟踪方法", "专利号": "ZL1",
               "知识产权类别": "发明专利"}
        rows = [{**row, "合同编号": "理工/1", "合同名称": "一", "支付方式": "附条件",
                 "合同金额（万元）": "2", "期满后付款天数": "30", "预期效果": "识别率 95%"},
                {**row, "合同编号": "理工/2", "合同名称": "二", "支付方式": "分期付款",
                 "合同金额（万元）": "10", "第一期金额": "40000", "第一期付款日期": "2025-06-01",
                 "第二期金额": "6万", "被许可方": "智感技术(天津)有限公司"},
                {**row, "合同编号": "理工/3", "合同名称": "三", "支付方式": "待定",
                 "试用结束": "2026-03-01"},
                {**row, "合同编号": "理工/4", "合同名称": "四", "支付方式": "提成",
                 "提成比例": "5%"}]
        headings = list(dict.fromkeys(key for row in rows for key in row))
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)
        told = self.run_import()
        self.assertEqual(told["events"], {"party.registered": 2, "technology.published": 1,
                                          "contract.signed": 4, "trial.started": 1})
        items = self.run_json("query", "open_items", "--as-of", "2025-12-31")["rows"]
        self.assertEqual([(item["key"], item["scheduled"], item.get("due")) for item in items],
                         [("理工-1/1", 2000000, "2026-04-08"), ("理工-2/1", 4000000, "2025-06-02"),
                          ("理工-2/2", 6000000, None)])
        self.assertEqual(self.run_import()["new"], 0)
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("合同编号,认定登记编号,登记机构,登记日期,合同类别,成交额（万元）,"
                       "技术交易额（万元）\n"
                       "理工/1,2025120100012345,天津市技术市场,2025-03-20,技术许可,2,2\n")
        told = self.run_json("import", self.path, "--profile", "cn-registration")
        self.assertEqual(told["events"], {"contract.registered": 1})

    def write(self, rows):
        """Dicts by heading, on a contract of which nothing is wrong."""
        clean = {"合同名称": "检测", "合同类别": "技术开发", "签订日期": "2025-03-10",
                 "合同金额（元）": "20000", "支付方式": "一次总付", "付款日期": "2026-03-15",
                 "技术领域": "电子信息", "乙方": "天津大学", "甲方": "天津甲科技有限公司"}
        rows = [{**clean, "合同编号": "TJ-%d" % number, **row}
                for number, row in enumerate(rows, 1)]
        headings = list(dict.fromkeys(key for row in rows for key in row))
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)

    def buyers(self):
        events = self.run_lines("tail", "--type", "contract.signed", "-n", "100")
        return {event["agg"]: event["data"]["buyers"][0]["party"] for event in events}

    def test_a_party_is_known_from_its_row_on(self):
        """What row 4 makes gives row 3 no second party of the name, in neither pass."""
        first, second = "91110000100001456F", "91310000132215222E"
        self.write([{"甲方信用代码": first}, {}, {"甲方信用代码": second}])
        told = self.run_import("--dry-run")
        self.assertEqual((told["new"], told["faulty"]), (3, 0))
        told = self.run_import()
        self.assertEqual(self.buyers(), {"TJ-1": first, "TJ-2": first, "TJ-3": second})
        self.assertEqual((told["new"], told["faulty"], told["posted_rows"]), (3, 0, 3))

    def test_a_refused_row_teaches_nothing(self):
        """The daemon refuses the first 路人甲, which is of no kind; those behind it are good."""
        bad, good = {"甲方": "路人甲"}, {"甲方": "路人甲", "甲方法人代码": "110"}
        self.write([bad, good, {}, {"甲方": "路人甲"}])
        told = self.run_import("--keep-going", code=4)
        self.assertEqual([(fault["sheet_row"], fault["held"]) for fault in told["faults"]],
                         [(2, "路人甲")])
        self.assertEqual((told["new"], told["posted_rows"]), (3, 3))
        self.assertEqual(len(set(self.buyers().values())), 2)
        self.assertEqual(sorted(self.buyers()), ["TJ-2", "TJ-3", "TJ-4"])

    def test_what_the_trial_cannot_see_is_a_fault_too(self):
        """Two rows of one contract, in two trial runs: each is good alone, and one is refused."""
        mine = os.path.join(self.daemon.directory, "mine.ini")
        text = self.run_it("import", "--profile", "cn-contract", "--print")
        with open(mine, "w", encoding="utf-8") as file:
            file.write(text.replace("unique = yes\n", "", 1))
        rows = [{} for _ in range(150)]
        rows[119] = {"合同编号": "TJ-1", "合同名称": "又一"}
        self.write(rows)
        told = self.run_json("import", self.path, "--profile", mine, "--dry-run")
        self.assertEqual(told["new"], 150)
        faults = self.path + ".csv"
        told = self.run_json("import", self.path, "--profile", mine, "--keep-going", "--faults",
                             faults, code=4)
        fault, = told["faults"]
        self.assertEqual((fault["sheet_row"], fault["sheet_column"], fault["held"]),
                         (121, "合同编号", "TJ-1"))
        self.assertEqual((told["posted_rows"], told["faulty"], len(self.buyers())), (149, 1, 100))
        with open(faults, encoding="utf-8-sig", newline="") as file:
            self.assertEqual([line[0] for line in csv.reader(file)], ["row", "121"])

    def test_faults_for_a_spreadsheet(self):
        """What a spreadsheet would compute or shorten is shown as it is; whole or not at all."""
        self.write([{"合同金额（元）": "=1+1"}, {"合同金额（元）": "007元,"},
                    {"签订日期": "00999999999"}])
        faults = self.path + ".csv"
        self.run_import("--faults", faults, code=4)
        with open(faults, encoding="utf-8-sig", newline="") as file:
            held = [line[2] for line in csv.reader(file)]
        self.assertEqual(held[1:], ["'=1+1", "007元,", "'00999999999"])
        self.assertEqual([name for name in os.listdir(self.daemon.directory) if "part" in name], [])
        self.run_it("import", self.path, "--profile", "cn-contract", "--faults",
                    self.daemon.directory, code=1)
        self.assertIn("not a regular file", self.err)

    def test_a_large_sheet_in_bounded_memory(self):
        rows, total = sheets.contracts(LARGE)
        sheets.as_csv(self.path, rows, encoding="gb18030")
        del rows
        words = [ACCRUE, "import", self.path, "--profile", "cn-contract", "--url", self.url,
                 "--json"]
        started = time.monotonic()
        done = subprocess.run(["/usr/bin/python3", "-c", MEASURED, *words], stdout=subprocess.PIPE,
                              check=True)
        told = json.loads(done.stdout.splitlines()[0])
        peak = int(done.stdout.splitlines()[1])
        self.assertEqual((told["new"], told["faulty"]), (LARGE, 0))
        self.assertEqual(self.outstanding(), total * 100)
        if LARGE > 10000:
            print("%d rows: %.1f s, %d KiB" % (LARGE, time.monotonic() - started, peak))
        if not SANITIZED:  # its shadow counts too
            self.assertLess(peak, MEMORY_MIB * 1024)


# Runs a command and prints, behind its output, the peak of its resident set in KiB.
MEASURED = """
import resource, subprocess, sys
out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True).stdout
sys.stdout.buffer.write(out)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Others(Desk):
    """Registrations and bank statements, on a ledger that is there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows, _ = sheets.contracts(20)
        cls.path = os.path.join(cls.daemon.directory, "sheet.csv")
        sheets.as_csv(cls.path, rows)
        code, out, err = accrue("import", cls.path, "--profile", "cn-contract", url=cls.url)
        if code != 0:
            raise AssertionError((out, err))

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def test_registrations(self):
        self.write("合同编号,认定登记编号,登记机构,登记日期,合同类别,合同成交额（万元）,"
                   "技术交易额（万元）\n"
                   "TJ-2024-000001,2024120100012345,天津市技术市场,2024-12-20,技术开发,12,10\n"
                   "TJ-2024-999999,2024120100012346,天津市技术市场,2024-12-20,技术开发,12,10\n")
        told = self.run_json("import", self.path, "--profile", "cn-registration", code=4)
        first, second = told["faults"]
        self.assertEqual((first["sheet_row"], first["accepted"]), (2, "party.updated"))
        self.assertIn("legal_code", first["wrong"])
        self.assertEqual((second["sheet_row"], second["sheet_column"], second["held"]),
                         (3, "合同编号", "TJ-2024-999999"))
        parties = self.run_lines("tail", "--type", "party.registered", "-n", "100")
        given = "".join(json.dumps({"type": "party.updated", "agg": party["agg"],
                                    "effective": "2020-01-01", "data": {"changed": {
                                        "legal_code": "022", "region": "120000"}}}) + "\n"
                        for party in parties)
        self.run_it("append", given=given)
        self.run_json("import", self.path, "--profile", "cn-registration", "--keep-going", code=4)
        stats = self.run_json("stats")["rows"]
        self.assertEqual([(row["count"], row["turnover"]) for row in stats], [(1, 12000000)])

    def test_a_bank_statement(self):
        self.write("户名：天津大学\n交易日,借贷标志,交易金额,对方户名,流水号,摘要,余额\n"
                   '2025-01-02 10:22:31,来账,"12,000.00",天津大学,B1,开发费,1\n'
                   "2025-01-03,往账,500.00,某某,B2,手续费,1\n"
                   '2025-01-04,贷,"8,000.00",无名公司,B3,,1\n'
                   '2025-01-04,贷,"8,000.00",无名公司,B3,,1\n')
        words = ("import", self.path, "--profile", "bank", "--set", "own_name=南开大学")
        told = self.run_json(*words)
        self.assertEqual((told["new"], told["passed_over"], told["not_read"]), (3, 1, ["余额"]))
        row, = self.run_json("receipts")["rows"]
        self.assertEqual((row["received"], row["unapplied"]), (2800000, 2800000))
        head = self.head()
        self.assertEqual(self.run_json(*words)["there"], 3)
        self.assertEqual(self.head(), head)
        # Somebody is known by now: what was imported stays as it is.
        self.run_it("append", given=json.dumps({"type": "party.registered", "agg": "wm", "data": {
            "name": "无名公司", "kind": "ent_domestic"}}))
        told = self.run_json(*words)
        self.assertEqual((told["there"], told["changed"], told["new"]), (3, 2, 0))

    def test_ids_from_a_column(self):
        text = "日期,金额,户名,流水号\n2025-02-01,%s,南开大学,C1\n"
        self.write(text % "1")
        words = ("import", self.path, "--profile", "bank", "--id-column", "流水号")
        self.assertEqual(self.run_json(*words)["new"], 1)
        self.write(text % "2")
        told = self.run_json(*words)
        self.assertEqual((told["new"], told["changed"]), (0, 1))

    def test_usage_and_files_that_are_none(self):
        self.run_it("import", self.path, code=2)
        self.run_it("import", self.path, "--profile", "other", code=2)
        self.run_it("import", self.path, "--profile", "bank", "--set", "no_such=1", code=2)
        self.assertIn("[event payment.received]",
                      self.run_it("import", "--profile", "bank", "--print"))
        self.write("")
        self.run_it("import", self.path, "--profile", "bank", code=4)
        self.assertIn("the file is empty", self.err)
        mine = os.path.join(self.daemon.directory, "mine.ini")
        with open(mine, "w", encoding="utf-8") as file:
            file.write("[column a]\nheading = x\n[event note.added]\nagg = $b\n")
        self.write("x,y\n1,2\n")
        self.run_it("import", self.path, "--profile", mine, code=2)
        self.assertIn("no column of this name: b", self.err)


class Again(Desk):
    """What is in the log already: by another hand, or from this very sheet."""

    REF = "the bank reference was seen before"
    FLAG = "W_DUPLICATE_BANK_REF"

    def setUp(self):
        self.tearDownClass()
        self.setUpClass()
        self.path = os.path.join(self.daemon.directory, "sheet.csv")
        self.append({"type": "party.registered", "agg": "nk",
                     "data": {"name": "南开大学", "kind": "university"}})

    def append(self, *events):
        self.run_it("append", given="".join(json.dumps(event) + "\n" for event in events))

    def statement(self, refs):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("户名,日期,金额,对方户名,流水号\n")
            for number, ref in enumerate(refs, 1):
                file.write("南开大学,2025-02-01,%d,某公司,%s\n" % (number, ref))

    def flagged(self, *words, lang="en"):
        told = self.run_json("import", self.path, "--profile", "bank", *words, lang=lang)
        return told["flagged"], [(row["sheet_row"], row["flag"], row["text"])
                                 for row in told["flagged_rows"]]

    def test_a_receipt_posted_by_hand(self):
        """It is flagged and no refusal: whoever looks first sees the row before it is posted."""
        self.append({"type": "payment.received", "agg": "p1", "data": {
            "payee": "nk", "payer_text": "某公司", "amount_fen": 200, "currency": "CNY",
            "value_date": "2025-02-01", "bank_ref": "R2", "alloc": []}})
        self.statement(["R1", "R2", "R3"])
        head = self.head()
        self.assertEqual(self.flagged("--dry-run"), (1, [(3, self.FLAG, self.REF)]))
        self.assertEqual(self.flagged("--dry-run", lang="zh"),
                         (1, [(3, self.FLAG, "银行流水号重复")]))
        self.run_it("import", self.path, "--profile", "bank", "--dry-run")
        self.assertRegex(self.out, "row +flag +meaning\n +3 +%s +%s\n" % (self.FLAG, self.REF))
        self.assertIn("1 flagged, and accepted all the same\n", self.out)
        self.assertEqual(self.head(), head)
        self.run_it("import", self.path, "--profile", "bank", lang="zh")
        self.assertRegex(self.out, "3 +%s +银行流水号重复\n" % self.FLAG)
        self.assertIn("1 行有警示，不影响登记\n", self.out)
        self.assertEqual(self.head(), head + 3)
        self.assertEqual(self.flagged(), (0, []), "there before, and told then")

    def test_twice_in_one_statement(self):
        """Rows of two trial runs do not see each other; when they are posted they do."""
        refs = ["S%d" % number for number in range(1, 151)]
        refs[9] = refs[4]
        refs[139] = refs[4]
        self.statement(refs)
        self.assertEqual([row for row, _, _ in self.flagged("--dry-run")[1]], [11])
        count, rows = self.flagged()
        self.assertEqual((count, [row for row, _, _ in rows]), (2, [11, 141]))

    def ledger(self, *rows):
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(sheets.HEADINGS)
            writer.writerows(rows)
        return ("import", self.path, "--profile", "cn-contract")

    def test_a_name_that_two_have_by_now(self):
        """The rows that are there stay there; a new one of that name is a fault as ever."""
        rows, _ = sheets.contracts(30)
        for row in rows[:20]:
            row[4] = "天津某科技有限公司"
        words = self.ledger(*rows[:25])
        self.assertEqual(self.run_json(*words)["new"], 25)
        self.append({"type": "party.registered", "agg": "other",
                     "data": {"name": "天津某科技有限公司", "kind": "ent_domestic"}})
        head = self.head()
        for more in ((), ("--dry-run",), ("--keep-going",)):
            told = self.run_json(*words, *more)
            self.assertEqual((told["new"], told["there"], told["changed"], told["faults"]),
                             (0, 25, 20, []))
        self.assertEqual(self.head(), head)
        rows[27][4] = rows[0][4]
        told = self.run_json(*self.ledger(*rows), "--keep-going", code=4)
        fault, = told["faults"]
        self.assertEqual((fault["sheet_row"], fault["sheet_column"], fault["held"]),
                         (29, "甲方", "天津某科技有限公司"))
        self.assertEqual((told["new"], told["there"], told["posted_rows"]), (4, 25, 4))

    def test_a_party_taken_back_is_no_row_that_was_there(self):
        """Its event's id is used up, by another party: the row that needs it is not stored."""
        rows, _ = sheets.contracts(1)
        rows[0][4] = "天津某科技有限公司"
        self.run_json(*self.ledger(rows[0]))
        made = [event for event in self.run_lines("tail", "-n", "10")
                if event["type"] == "contract.signed" or
                event["data"].get("name") == "天津某科技有限公司"]
        self.append(*({"type": "event.reversed", "agg": event["agg"],
                       "data": {"event_id": event["id"], "reason": "wrong"}}
                      for event in reversed(made)))
        rows[0][0], rows[0][4] = "TJ-2", "天津某 科技有限公司"
        told = self.run_json(*self.ledger(rows[0]), code=4)
        self.assertEqual((told["there"], told["faulty"]), (0, 1))


if __name__ == "__main__":
    unittest.main()
