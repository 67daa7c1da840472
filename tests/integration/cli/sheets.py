"""Sheets of an office, made here: CSV in any encoding, and XLSX by the standard library."""

import csv
import datetime
import io
import re
import random
import zipfile
from xml.sax.saxutils import escape

SELLERS = ["北京科技大学", "天津大学", "南开大学", "天津理工大学", "河北工业大学"]
HEADINGS = ["合同编号", "合同名称", "合同类别", "乙方", "甲方", "签订日期", "合同金额（元）",
            "支付方式", "付款日期", "技术领域", "备注"]
WIDE = {ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"}


def amount(draw, yuan):
    forms = [str(yuan), "%d.00" % yuan, "¥ " + format(yuan, ","), "%g万" % (yuan / 10000),
             format(yuan, ",") + ".00元"]
    return draw.choice(forms).translate(draw.choice([{}, WIDE]))


def contracts(count, seed=1, first=1):
    """Rows of a ledger, each clean, amounts and dates in every writing; and the sum in yuan."""
    draw = random.Random(seed)
    rows, total = [], 0
    for i in range(first, first + count):
        yuan = draw.randrange(1, 500) * 10000
        total += yuan
        day = (draw.randrange(2022, 2026), draw.randrange(1, 13), draw.randrange(1, 29))
        writing = draw.choice(["%d/%d/%d", "%d-%02d-%02d", "%d年%d月%d日", "%d%02d%02d"])
        rows.append(["TJ-2024-%06d" % i, "智能检测系统开发（%d）" % i,
                     draw.choice(["技术开发", "技术许可合同", "技术服务", "技术咨询"]),
                     draw.choice(SELLERS),
                     "天津第%d科技有限公司" % draw.randrange(max(count // 10, 3)),
                     writing % day, amount(draw, yuan), draw.choice(["一次总付", "分期付款"]),
                     "2026-%02d-15" % draw.randrange(1, 13),
                     draw.choice(["电子信息", "新材料", "先进制造"]), "无"])
    return rows, total


def as_csv(path, rows, encoding="utf-8-sig", above=("技术合同台账",)):
    text = io.StringIO()
    writer = csv.writer(text)
    for line in above:
        writer.writerow([line])
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    with open(path, "w", encoding=encoding, newline="") as file:
        file.write(text.getvalue())


def column_name(index):
    return (column_name(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def cell(place, value, shared):
    """Dates as serial numbers, plain amounts as numbers, as a spreadsheet keeps them."""
    try:
        serial = datetime.date.fromisoformat(value).toordinal() - 693594
        return '<c r="%s" s="1"><v>%d</v></c>' % (place, serial)
    except ValueError:
        pass
    if re.fullmatch(r"[1-9]\d{3,6}", value):
        return '<c r="%s"><v>%s</v></c>' % (place, value)
    index = shared.setdefault(value, len(shared))
    return '<c r="%s" t="s"><v>%d</v></c>' % (place, index)


def as_xlsx(path, rows, above=("技术合同台账",), headings=None):
    shared, lines = {}, []
    for number, row in enumerate([[line] for line in above] + [headings or HEADINGS] + rows, 1):
        cells = "".join(cell("%s%d" % (column_name(i), number), value, shared)
                        for i, value in enumerate(row) if value)
        lines.append('<row r="%d">%s</row>' % (number, cells))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    texts = "".join("<si><t>%s</t></si>" % escape(text) for text in shared)
    parts = {
        "xl/workbook.xml":
            '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/>'
            '</sheets></workbook>' % (main, office),
        "xl/_rels/workbook.xml.rels":
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            '</Relationships>',
        "xl/styles.xml":
            '<styleSheet xmlns="%s"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
            '</cellXfs></styleSheet>' % main,
        "xl/sharedStrings.xml": '<sst xmlns="%s">%s</sst>' % (main, texts),
        "xl/worksheets/sheet1.xml":
            '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, "".join(lines)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
