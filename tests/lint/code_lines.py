#!/usr/bin/python3
"""Prints the C code of files as FILE:LINE:TEXT, without comments and contents of literals.

Reads the names from stdin, one a line. A comment may say why a function is banned;
only code can call it.
"""

import re
import sys

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)


def blank(match):
    text = match.group(0)
    if text[0] in "\"'":
        return text[0] * 2
    return " " + "\n" * text.count("\n")


def keep_includes(text):
    """The file name in #include "..." is no literal to be emptied."""
    return re.sub(r'(?m)^(\s*#\s*include\s*)"([^"\n]*)"', r"\1<\2>", text)


def main():
    for name in sys.stdin.read().split("\n"):
        if not name:
            continue
        with open(name, encoding="utf-8", errors="replace") as file:
            code = TOKEN.sub(blank, keep_includes(file.read()))
        for number, line in enumerate(code.split("\n"), 1):
            if line.strip():
                print(f"{name}:{number}:{line}")


main()
