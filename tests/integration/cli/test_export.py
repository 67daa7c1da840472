#!/usr/bin/python3
"""Files for offices: every projection as a workbook and as CSV holds the figures of --json."""

import csv
import io
import os
import re
import sys
import unittest

from book import Book, shown
from desk import Daemon, Desk, Story, accrue, ndjson, party

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
sys.path.insert(0, os.path.join(SOURCE, "client", "python"))
from accrue import Connection, Error  # noqa: E402

COLUMNS = os.path.join(SOURCE, "proto", "columns.def")
DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$")
NAMES = {"key", "label", "contract", "contract_no", "agg", "title", "policy", "pool"}
VIEW = "2024-04-30"
EXPONENT = {"JPY": 0}


def minor(text, decimals):
    """"1234.50" in units of the last of `decimals`: 123450."""
    whole, _, rest = text.partition(".")
    assert len(rest) == decimals, (text, decimals)
    return int(whole + rest)


class Files(Story):
    def path(self, name):
        return os.path.join(self.daemon.directory, name)

    def book(self, *words, lang="en"):
        path = self.path("answer.xlsx")
        self.run_it(*words, "-o", path, lang=lang)
        return Book(path)

    def check_cell(self, cell, value, key, row):
        """A cell of the workbook against the answer's."""
        if value is None or value == "":
            self.assertIsNone(cell)
        elif value is True or value is False:
            self.assertEqual(cell, "yes" if value else "no")
        elif isinstance(value, int):
            form = cell[1]
            if form in (0, 1, "0"):
                self.assertEqual(int(cell[0]), value)
            elif form == "0.0%":
                self.assertEqual(minor(shown(cell)[:-1], 1), value)
            else:
                decimals = len(form.partition(".")[2])
                if form.startswith("#"):
                    self.assertEqual(decimals, EXPONENT.get(row.get("currency"), 2), key)
                self.assertEqual(minor(shown(cell), decimals), value)
        elif isinstance(value, str) and DATE.match(value) and key not in NAMES:
            self.assertEqual(shown(cell), value, key)
        elif isinstance(value, str):
            if key != "bucket":
                self.assertEqual(cell, value)
        else:
            self.assertIsInstance(cell, (str, type(None)))

    def check_row(self, cells, row, keys):
        cells += [None] * (len(keys) - len(cells))
        for key, cell in zip(keys, cells):
            with self.subTest(key=key, value=row.get(key)):
                self.check_cell(cell, row.get(key), key, row)

    def check_totals(self, cells, total, keys, yes_and_no):
        cells += [None] * (len(keys) - len(cells))
        for key, cell in list(zip(keys, cells)):
            if key == keys[0] and key not in total:
                self.assertEqual(cell, "total")
            elif key in yes_and_no:
                self.assertEqual(cell, (total[key], "0") if key in total else None)
            else:
                self.check_cell(cell, total.get(key), key, total)

    def check_csv(self, words, rows):
        path = self.path("answer.csv")
        self.run_it(*words, "-o", path)
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        self.assertEqual(len(lines), len(rows) + 1)
        for line, row in zip(lines[1:], rows):
            for text, (key, value) in zip(line, row.items()):
                if isinstance(value, int) and not isinstance(value, bool):
                    self.assertIn(int(text.replace(".", "")), (value, value * 100), key)
                elif isinstance(value, str) and key != "bucket":
                    self.assertEqual(text, value)

    def test_every_projection(self):
        names = [one["name"] for one in self.run_json("query", "--list")["projections"]]
        seen = 0
        for name in names:
            words = ("query", name, "--as-of", VIEW)
            answer = self.run_json(*words)
            rows, total = answer["rows"], answer.get("total") or []
            sheet = self.book(*words).sheets[name]
            if not rows:
                self.assertEqual(sheet[0][:2], ["key", "label"], "its headings are there")
                self.assertEqual(len(sheet), 1 + len(total), name)
                continue
            keys = list(rows[0])
            self.assertEqual(len(sheet), 1 + len(rows) + len(total), name)
            self.assertEqual(len(sheet[0]), len(keys))
            for cells, row in zip(sheet[1:], rows):
                self.check_row(cells, row, keys)
            yes_and_no = {key for key in keys if isinstance(rows[0][key], bool)}
            for cells, row in zip(sheet[1 + len(rows):], total):
                self.check_totals(cells, row, keys, yes_and_no)
            self.check_csv(words, rows)
            seen += len(rows)
        self.assertGreater(seen, 100)

    def test_a_workbook_says_what_it_is(self):
        words = ("outstanding", "--by", "debtor", "--as-of", VIEW)
        answer = self.run_json(*words)
        about = dict(self.book(*words).sheets["about"])
        self.assertEqual(about["as of"], VIEW)
        self.assertEqual(about["known at (seq)"], str(answer["known_at"]))
        self.assertEqual(about["answered at (seq)"], str(answer["at"]))
        self.assertEqual(about["log"], self.run_json("status")["log_id"])
        self.assertEqual(about["unit"], "amounts in yuan")
        again = about["asked again by"].split()
        self.assertEqual(again[0], "accrue")
        self.assertEqual(self.run_json(*again[1:])["rows"], answer["rows"])
        limited = dict(self.book(*words, "-n", "1").sheets["about"])
        self.assertIn("more rows", limited["limited"])
        quoted = dict(self.book("stats", "--where", "kind_out=university|institute")
                      .sheets["about"])["asked again by"]
        self.assertIn("--where 'kind_out=university|institute'", quoted)

    def test_layout(self):
        book = self.book("outstanding", "--as-of", VIEW, lang="zh")
        self.assertEqual(list(book.sheets), ["outstanding", "说明"])
        self.assertEqual(book.sheets["outstanding"][0][:3], ["编号", "名称", "币种"])
        self.assertEqual(book.sheets["outstanding"][-1][0], "合计")
        text = book.zip.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
                      text)
        rows = len(book.sheets["outstanding"])
        self.assertRegex(text, f'<autoFilter ref="A1:[A-Z]+{rows - 1}"/>')
        widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', text)]
        label = max(sum(2 if ord(c) > 127 else 1 for c in row[1])
                    for row in book.sheets["outstanding"][1:-1])
        self.assertGreaterEqual(widths[1], label)

    def test_units(self):
        words = ("outstanding", "--by", "currency", "--as-of", VIEW)
        value = self.run_json(*words)["rows"][0]["scheduled"]
        for unit, step in (("wan", 10000), ("yi", 100000000)):
            sheet = self.book(*words, "--unit", unit).sheets["outstanding"]
            at = sheet[0].index("scheduled")
            self.assertEqual(minor(shown(sheet[1][at]), 2), (value + step // 2) // step)

    def test_other_commands(self):
        for words, keys in ((("agenda", "--as-of", "2023-09-01"), ["date", "days"]),
                            (("findings",), ["seq", "flag"]),
                            (("receipts", "--as-of", VIEW), ["key", "label"]),
                            (("sample", "--seed", "7", "--n", "3", "--as-of", VIEW),
                             ["key", "label"]),
                            (("explain", "outstanding", "HB-2023-07", "--as-of", VIEW), None)):
            book = self.book(*words)
            answer = self.run_json(*words)
            name = words[1] if words[0] == "explain" else words[0]
            self.assertGreaterEqual(len(book.sheets[name]), 1 + len(answer["rows"]))
            if keys:
                self.assertEqual(book.sheets[name][0][:2], keys)
        about = dict(self.book("sample", "--seed", "7", "--as-of", VIEW).sheets["about"])
        self.assertEqual(about["seed"], "7")

    def test_the_same_answer_gives_the_same_bytes(self):
        words = ("outstanding", "--as-of", VIEW, "--known-at", "100")
        files = []
        for name in ("one.xlsx", "two.xlsx"):
            self.run_it(*words, "--xlsx", self.path(name))
            with open(self.path(name), "rb") as file:
                files.append(file.read())
        self.assertEqual(files[0], files[1])

    def test_usage_and_failures(self):
        for words in (("-o", "x.pdf"), ("-o", "x"), ("--json", "--xlsx", "x.xlsx"),
                      ("--csv", "-o", "x.xlsx"), ("--totals",), ("-o", "x.html")):
            self.run_it("outstanding", *words, code=2)
        self.assertFalse(os.path.exists("x.xlsx"))
        for path in (self.path("none/x.xlsx"), self.path("none/x.csv")):
            self.run_it("outstanding", "-o", path, code=1)
        folder = self.path("a.xlsx")
        os.mkdir(folder)
        self.run_it("outstanding", "--xlsx", folder, code=1)
        self.assertIn("not a regular file", self.err)
        self.assertEqual([name for name in os.listdir(self.daemon.directory) if "part" in name], [])


class Headings(Story):
    """A file has its columns even where there is no row to take them from."""

    STATISTICS = ("quarter", "type", "month,local")
    MORE = (("statistics", {"by": "type", "compare": "last-year",
                            "period": "2024-01-01..2024-12-31"}),
            ("outstanding", {"buckets": "30,180"}), ("open_items", {"buckets": "30,180"}),
            ("annual_report", {"year": "2024"}))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = Daemon().start()
        cls.addClassCleanup(cls.empty.remove)
        cls.connection = Connection(cls.url)
        cls.addClassCleanup(cls.connection.close)
        case = cls()
        technology = cls.connection.query("technologies")["rows"][0]["key"]
        operator = next(row["key"] for row in case.run_json("find", "大学")["rows"]
                        if row["what"] == "party")
        case.run_it("append", given=ndjson({
            "type": "technology.entrusted", "agg": technology, "data": {
                "operator": operator, "exclusive": False, "from": "2024-01-01"}}))
        with open(COLUMNS, encoding="utf-8") as file:
            cls.titles = dict(re.findall(r'^COLUMN\("(.*)", \w+, "(.*)", ".*"\)$', file.read(),
                                         re.M))

    def legal(self, name, params):
        with self.assertRaises(Error) as raised:
            self.connection.query(name, params)
        return raised.exception.legal

    def questions(self):
        yield from self.MORE
        for name in self.projections:
            yield name, {}
            values = ()
            if name == "statistics":
                values = self.STATISTICS
            elif "by" in self.legal(name, {"nonsense": 1}):
                values = self.legal(name, {"by": "nonsense"})
            yield from ((name, {"by": value}) for value in values)

    def title(self, key):
        band = re.fullmatch(r"d(\d+)_(\d+|plus)", key)
        if band:
            return "> %s d" % band[1] if band[2] == "plus" else "%s-%s d" % band.groups()
        return self.titles.get(key, key)

    def test_of_every_projection(self):
        self.projections = {one["name"] for one in self.connection.status()["projections"]}
        compared = set()
        for name, params in self.questions():
            rows = self.connection.query(name, params)["rows"]
            words = [word for pair in params.items() for word in ("--param", "%s=%s" % pair)]
            code, empty, err = accrue("query", name, *words, "--csv",
                                      url="unix:" + self.empty.socket)
            self.assertEqual(code, 0, (name, params, err))
            if rows:
                self.assertEqual(list(csv.reader(io.StringIO(empty[1:]))),
                                 [[self.title(key) for key in rows[0]]], (name, params))
                compared.add(name)
        self.assertEqual(compared, self.projections)

    def test_of_commands(self):
        url = "unix:" + self.empty.socket
        path = os.path.join(self.daemon.directory, "empty.xlsx")
        for words in (("outstanding",), ("stats", "--by", "type,year"),
                      ("receipts", "--by", "month"), ("agenda",), ("findings", "--by", "flag"),
                      ("claim",)):
            code, out, err = accrue(*words, "--csv", url=url)
            self.assertEqual((code, out.count("\n")), (0, 1), (words, out, err))
            code, _, err = accrue(*words, "-o", path, url=url)
            self.assertEqual(code, 0, err)
            self.assertEqual(Book(path).sheets[words[0]][0], out[1:].strip().split(","), words)
        code, out, err = accrue("explain", "outstanding", "nobody", "--csv", url=url)
        self.assertEqual((code, out), (3, "\ufeffseq,type,aggregate,effective,obligation,currency,"
                                          "amount,what\n"))
        code, out, err = accrue("close", "2024-Q1", "--csv", url=url, lang="zh")
        self.assertEqual((code, out), (0, "\ufeff编号,名称,季度,项数,成交额,技术交易额,平均,"
                                          "项数增长,成交额增长\n"), err)


class Hostile(Desk):
    """Names that mean something to a spreadsheet, and amounts that it cannot hold."""

    formulas = ["=cmd|' /C calc'!A0", "+86-10", "-1", "@SUM(A1)", "=1+1\"; \"", "a,b\"c"]
    ids = ["007", "1234567890123456", "12E5", "12", "x12E5", "123456789012345"]
    guarded = {"007", "1234567890123456", "12E5"}
    large = 8999999999999899  # 16 digits
    held = 123456789012345

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        events = [party("U1")]
        for number, name in enumerate(cls.formulas + ["_x0041_"]):
            events.append({"type": "party.registered", "agg": f"F{number}",
                           "data": {"name": name, "kind": "ent_domestic"}})
        for name in cls.ids:
            events.append(party(name))
        for payee, amount, currency in [("F0", cls.large, "CNY"), ("F1", cls.held, "USD"),
                                        ("F2", 100, "JPY")] + [
                (f"F{number}", 1, "CNY") for number in range(3, 7)] + [
                (name, 1, "CNY") for name in cls.ids]:
            events.append({"type": "payment.received", "agg": "pay-" + payee, "data": {
                "payer": "U1", "payee": payee, "amount_fen": amount, "currency": currency,
                "value_date": "2025-01-02"}})
        self = cls()
        self.run_it("append", given=ndjson(*events))

    def test_csv(self):
        self.run_it("receipts", "--csv", "--totals")
        lines = list(csv.reader(io.StringIO(self.out[1:])))
        self.assertEqual(lines[0][:2], ["key", "label"])
        rows = {line[0].lstrip("'"): line for line in lines[1:]}
        for number, name in enumerate(self.formulas):
            wanted = "'" + name if name[0] in "=+-@" else name
            self.assertEqual(rows[f"F{number}"][1], wanted)
        for name in self.ids:
            self.assertEqual(rows[name][0], "'" + name if name in self.guarded else name)
        self.assertEqual(rows["F0"][2], "89999999999998.99")
        self.assertEqual(rows["F2"][2], "100")
        totals = {line[lines[0].index("currency")]: line for line in lines if line[0] == "total"}
        self.assertEqual(set(totals), {"CNY", "JPY", "USD"})
        total = self.run_json("receipts")["total"]
        self.assertEqual(minor(totals["CNY"][2], 2),
                         next(row["received"] for row in total if row["currency"] == "CNY"))
        self.assertEqual(len(self.run_it("receipts", "--csv").splitlines()) + 3, len(lines))

    def test_moments(self):
        path = os.path.join(self.daemon.directory, "late.xlsx")
        self.run_it("late", "--period", "2025-01", "-o", path)
        rows = self.run_json("late", "--period", "2025-01")["rows"]
        sheet = Book(path).sheets["late"]
        self.assertEqual(shown(sheet[1][1]), rows[0]["recorded"])
        self.assertEqual(sheet[1][1][1], "yyyy-mm-dd hh:mm:ss")

    def test_workbook(self):
        path = os.path.join(self.daemon.directory, "h.xlsx")
        self.run_it("receipts", "-o", path)
        book = Book(path)  # refuses formulas
        rows = {row[0]: row for row in book.sheets["receipts"][1:]}
        for number, name in enumerate(self.formulas + ["_x0041_"]):
            self.assertEqual(rows[f"F{number}"][1], name)
        for name in self.ids:
            self.assertIn(name, rows, "an id is text")
        self.assertEqual(rows["F0"][2], "89999999999998.99")
        self.assertEqual(minor(shown(rows["F1"][2]), 2), self.held)
        self.assertEqual(rows["F2"][2][1], "#,##0")
        about = dict(book.sheets["about"])
        self.assertGreater(int(about["amounts kept as text"]), 0)
        self.assertIn("xl/comments1.xml", book.zip.namelist())


if __name__ == "__main__":
    unittest.main(verbosity=2)
