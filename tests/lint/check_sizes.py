#!/usr/bin/python3
"""Reports files over 500 lines, lines over 100 columns and functions over 70 lines.

Reads the names from stdin, one a line. A wide character counts as two columns, as for
clang-format. The length of a function is that of its body, as for clang-tidy.
"""

import ast
import re
import sys
import unicodedata

FILE_LINES_MAX = 500
LINE_COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 70

# A line that opens a function, by kind of file; the function ends at the next `}` or `};`
# in the same column. Of a class each method counts, as in Python.
OPENS = {
    "c": re.compile(r"^\{$"),
    "sh": re.compile(r"^[\w-]+ *\(\) *\{"),
    "js": re.compile(r"^(export )?(async )?function\b.*\{$|^const \w+ = .*=> \{$"
                     r"|^  (?!if|for|while|switch)[\w# .*\[\]?()]+\(.*\) \{$"),
}
CLOSES = re.compile(r"^( *)\}")


def kind_of(name, lines):
    suffix = name.rsplit(".", 1)[-1] if "." in name else ""
    known = {"c": "c", "h": "c", "py": "py", "sh": "sh", "js": "js", "mjs": "js"}
    if suffix in known:
        return known[suffix]
    return "py" if lines and "python" in lines[0] else "sh"


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def braced_functions(lines, kind):
    opened = None
    for number, line in enumerate(lines, 1):
        if opened is None and OPENS[kind].search(line):
            opened = number
            indent = len(line) - len(line.lstrip()) if kind == "js" else 0
        elif opened is not None:
            closed = CLOSES.search(line)
            if closed and len(closed[1]) == indent:
                yield opened, number - opened - 1
                opened = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno


def findings(name):
    with open(name, encoding="utf-8") as file:
        text = file.read()
    lines = text.split("\n")
    kind = kind_of(name, lines)
    count = text.count("\n")
    if count > FILE_LINES_MAX:
        yield f"{name}: {count} lines, more than {FILE_LINES_MAX}"
    for number, line in enumerate(lines, 1):
        if columns(line) > LINE_COLUMNS_MAX:
            yield f"{name}:{number}: {columns(line)} columns, more than {LINE_COLUMNS_MAX}"
    functions = python_functions(text) if kind == "py" else braced_functions(lines, kind)
    for number, length in functions:
        if length > FUNCTION_LINES_MAX:
            yield f"{name}:{number}: function of {length} lines, more than {FUNCTION_LINES_MAX}"


def main():
    found = 0
    for name in filter(None, sys.stdin.read().split("\n")):
        for finding in findings(name):
            print(finding, file=sys.stderr)
            found += 1
    sys.exit(1 if found else 0)


main()
