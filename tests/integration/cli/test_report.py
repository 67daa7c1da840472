#!/usr/bin/python3
"""`accrue report`: pages are well-formed, stand alone, and say what --json says."""

import html.parser
import os
import re
import unittest
import xml.etree.ElementTree as ElementTree

from desk import Desk, Story, ndjson, party

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
VIEW = ("--as-of", "2024-04-30")
PAGES = {"outstanding": VIEW, "agenda": ("--as-of", "2023-08-20", "--within", "60"),
         "statistics": VIEW, "annual_report": (*VIEW, "--year", "2023")}
DEFAULTS = {"outstanding": ("--param", "by=debtor"), "statistics": ("--param", "by=year")}


def yuan(fen):
    return f"{fen // 100:,}.{fen % 100:02}"


class Tags(html.parser.HTMLParser):
    """Every tag that is opened is closed, as HTML reads it."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        pass


class Page:
    def __init__(self, text):
        Tags(text)
        self.text = text
        self.tree = ElementTree.fromstring(text)

    def all(self, name):
        return list(self.tree.iter(XHTML + name))

    def table(self):
        return [["".join(cell.itertext()) for cell in row] for row in self.all("tr")]

    def about(self):
        return {"".join(one[0].itertext()): "".join(one[1].itertext()) for one in
                self.tree.iter(XHTML + "div") if one[0].tag == XHTML + "dt"}

    def tips(self):
        return ["".join(one.itertext()) for one in self.tree.iter(SVG + "title")]

    def svg_texts(self):
        return [one.text or "" for one in self.tree.iter(SVG + "text")]


class Reports(Story):
    def page(self, name, *words, lang="en"):
        return Page(self.run_it("report", name, *words, lang=lang))

    def test_pages_stand_alone(self):
        for name, words in PAGES.items():
            for lang in ("en", "zh"):
                page = self.page(name, *words, lang=lang)
                self.assertNotRegex(page.text, r"<script|<img|<link|url\(|@import|src=|href=")
                addresses = set(re.findall(r"https?://[^\"' <]+", page.text))
                self.assertEqual(addresses, {"http://www.w3.org/1999/xhtml",
                                             "http://www.w3.org/2000/svg"}, "names, not addresses")
                self.assertIn("default-src 'none'", page.text)
                self.assertEqual(page.tree.get("lang"), "zh-CN" if lang == "zh" else "en")
                self.assertTrue(list(page.tree.iter(SVG + "svg")), name)
                style = "".join(page.all("style")[0].itertext())
                for part in ("@media print", "A4", "table-header-group", "prefers-color-scheme"):
                    self.assertIn(part, style)

    def test_pages_say_what_json_says(self):
        for name, words in PAGES.items():
            query = [word.replace("--year", "--param").replace("--within", "--param")
                     for word in words]
            query = [{"2023": "year=2023", "60": "within=60"}.get(word, word) for word in query]
            answer = self.run_json("query", name, *query, *DEFAULTS.get(name, ()))
            page = self.page(name, *words)
            table = page.table()
            total = len(table) - 1 - len(answer["rows"])
            self.assertIn(total, (0, len(answer["total"])))
            for cells, row in zip(table[1:], answer["rows"]):
                for value in ("outstanding", "turnover", "contract_value", "amount"):
                    if isinstance(row.get(value), int):
                        self.assertIn(yuan(row[value]), cells)
            about = page.about()
            self.assertEqual(about["log"], self.run_json("status")["log_id"])
            self.assertEqual(about["known at (seq)"], str(answer["known_at"]))
            again = about["asked again by"].split()[1:]
            self.assertEqual(self.run_it(*again), page.text)

    def test_bars_are_the_figures(self):
        answer = self.run_json("outstanding", "--by", "debtor", *VIEW)
        page = self.page("outstanding", *VIEW)
        owed = [row for row in answer["rows"] if row["outstanding"] > 0]
        texts = page.svg_texts()
        for row in owed:
            self.assertIn(yuan(row["outstanding"]), texts)
            for key, title in (("not_due", "not due"), ("d1_30", "1-30 d"), ("d90_plus", "> 90 d")):
                tip = f"{row['label']} · {title}: {yuan(row[key])}"
                self.assertEqual(tip in page.tips(), row[key] > 0, tip)
        longest = max(owed, key=lambda row: row["outstanding"])
        widths = {}
        for rect in page.tree.iter(SVG + "rect"):
            tip = "".join(rect.itertext())
            if tip.startswith(longest["label"]):
                widths[tip.split(": ")[1]] = float(rect.get("width"))
        whole = sum(widths.values())
        for amount, width in widths.items():
            share = int(amount.replace(",", "").replace(".", "")) / longest["outstanding"]
            self.assertAlmostEqual(width / whole, share, delta=0.002)

    def test_the_timeline_has_every_entry(self):
        words = PAGES["agenda"]
        rows = self.run_json("agenda", *words)["rows"]
        page = self.page("agenda", *words)
        marks = [group for group in page.tree.iter(SVG + "g")]
        count = 0
        for mark in marks:
            number = mark.find(SVG + "text")
            count += int(number.text) if number is not None else 1
        self.assertEqual(count, len(rows))
        self.assertIn("2023-08-25 HB-2023-07", page.tips())

    def test_growth(self):
        self.assertIn("2023", self.page("statistics", *VIEW).svg_texts())
        by_type = self.page("statistics", *VIEW, "--by", "type")
        self.assertIn("200,000.00", by_type.svg_texts())

    def test_options_reach_the_question(self):
        page = self.page("outstanding", *VIEW, "--by", "obligation", "--buckets", "365",
                         "--debtor", "lanhe", "--unit", "wan")
        self.assertIn("amounts in 10,000 yuan", page.about()["unit"])
        self.assertIn("1-365 d", page.table()[0])
        self.assertIn("HB-2023-07/2", [row[0] for row in page.table()])
        empty = self.page("outstanding", "--as-of", "2020-01-01")
        self.assertIn("(nothing)", empty.text)
        path = os.path.join(self.daemon.directory, "page.html")
        self.assertEqual(self.run_it("report", "outstanding", *VIEW, "-o", path), "")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), self.page("outstanding", *VIEW).text)

    def test_completion(self):
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("annual_report", self.run_it("completion", shell))

    def test_usage(self):
        for words in (("match",), ("outstanding", "--json"), ("outstanding", "-o", "x.xlsx"),
                      ("outstanding", "--within", "3"), ("agenda", "--by", "year"), ()):
            self.run_it("report", *words, code=2)


class Hostile(Desk):
    """Names that would be markup; a growing series of years."""

    names = ["<script>alert(1)</script>", "a & b &lt; \"q\" 'p'", "]]><!--", "</title></svg>",
             "\ufffe\uffff", "％s %n %d", "甲" * 60]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        events = [party("U1", data={"name": "甲U1", "kind": "university", "legal_code": "022",
                                    "region": "120111"})]
        for number, name in enumerate(cls.names):
            events.append({"type": "party.registered", "agg": f"P{number}", "data": {
                "name": name, "kind": "ent_domestic", "legal_code": "211", "region": "120111"}})
            amount = (number + 1) * 100000
            events.append({"type": "contract.signed", "agg": f"K{number}", "data": {
                "title": name, "type": "service", "ip_kind": "none", "field": "electronics",
                "sellers": [{"party": "U1", "share_ppm": 1000000}],
                "buyers": [{"party": f"P{number}", "share_ppm": 1000000}],
                "sign_date": "2015-01-10", "effective_rule": "immediate",
                "term_start": "2015-01-10", "currency": "CNY", "total_fen": amount,
                "total_basis": "fixed", "pay_mode": "lump", "obligations": [
                    {"no": 1, "kind": "lump", "debtor": f"P{number}", "creditor": "U1",
                     "amount_fen": amount, "due": {"base": "date", "date": "2015-03-03"}}]}})
            events.append({"type": "contract.registered", "agg": f"K{number}", "data": {
                "reg_no": f"{number:016}", "agency": "a", "reg_date": f"{2016 + number}-02-01",
                "type": "service", "total_fen": amount, "tech_fen": amount}})
        cls().run_it("append", given=ndjson(*events))

    def test_names_are_text(self):
        for words in (("outstanding",), ("outstanding", "--by", "contract"),
                      ("agenda", "--within", "30")):
            page = Page(self.run_it("report", *words))
            self.assertNotIn("<script", page.text)
            cells = [cell for row in page.table() for cell in row]
            for name in self.names[:4] + self.names[5:]:
                self.assertIn(name, cells)
            self.assertIn("??", cells)
        page = Page(self.run_it("report", "outstanding"))
        cut = [text for text in page.svg_texts() if text.endswith("…")]
        self.assertEqual(cut, ["甲" * 14 + "…"])
        self.assertIn("甲" * 60, page.tips())

    def test_growth(self):
        page = Page(self.run_it("report", "statistics"))
        self.assertIn("+100.0%", page.svg_texts())
        self.assertIn("+50.0%", page.svg_texts())
        self.assertEqual(len([row for row in page.table()[1:] if row[0] != "total"]),
                         len(self.names))


if __name__ == "__main__":
    unittest.main(verbosity=2)
