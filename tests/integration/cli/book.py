"""Read a workbook with zipfile and an XML parser alone, as somebody without our library would."""

import datetime
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import Decimal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = datetime.datetime(1899, 12, 30)


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def unescaped(text):
    """_x0041_ is A: the format's own escape (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


class Book:
    """`sheets`: {name: [[cell]]}; a cell is None, a text, or (Decimal, number format)."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.formats = self.read_formats()
        self.shared = self.read_shared()
        self.sheets = {}
        self.xml = {}
        for number, sheet in enumerate(self.parse("xl/workbook.xml").iter(MAIN + "sheet"), 1):
            tree = self.parse(f"xl/worksheets/sheet{number}.xml")
            self.xml[sheet.get("name")] = tree
            self.sheets[sheet.get("name")] = [self.read_row(row) for row in tree.iter(MAIN + "row")]

    def parse(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def read_formats(self):
        styles = self.parse("xl/styles.xml")
        codes = {int(one.get("numFmtId")): one.get("formatCode")
                 for one in styles.iter(MAIN + "numFmt")}
        cells = styles.find(MAIN + "cellXfs")
        return [codes.get(int(one.get("numFmtId")), int(one.get("numFmtId"))) for one in cells]

    def read_shared(self):
        if "xl/sharedStrings.xml" not in self.zip.namelist():
            return []
        return ["".join(item.itertext()) for item in self.parse("xl/sharedStrings.xml")]

    def read_row(self, row):
        cells = []
        for cell in row:
            at = column_of(cell.get("r"))
            cells += [None] * (at - len(cells))
            cells.append(self.read_cell(cell))
        return cells

    def read_cell(self, cell):
        if cell.find(MAIN + "f") is not None:
            raise AssertionError("a formula in " + cell.get("r"))
        value = cell.find(MAIN + "v")
        if cell.get("t") == "inlineStr":
            return unescaped("".join(cell.find(MAIN + "is").itertext()))
        if cell.get("t") == "s":
            return unescaped(self.shared[int(value.text)])
        if value is None:
            return None
        return Decimal(value.text), self.formats[int(cell.get("s", "0"))]


def shown(cell):
    """What a spreadsheet shows of a number: 15 digits of it, rounded to the format's decimals."""
    value, form = cell
    if form == "yyyy-mm-dd" or form == "yyyy-mm-dd hh:mm:ss":
        moment = EPOCH + datetime.timedelta(seconds=round(value * 86400))
        return str(moment.date()) if form == "yyyy-mm-dd" else str(moment)
    plain = format(float(value), ".15g")
    percent = isinstance(form, str) and form.endswith("%")
    decimals = len(form.rstrip("%").partition(".")[2]) if isinstance(form, str) else 0
    number = Decimal(plain) * (100 if percent else 1)
    return f"{number:.{decimals}f}" + ("%" if percent else "")
