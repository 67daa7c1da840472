#!/usr/bin/python3
"""Reports calls, flags and types that are not to be found in C code. Comments may name them.

Reads the names of the files from stdin, one a line. A comment may say why a function is banned;
only code can call it.
"""

import re
import sys

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)
WORD = r"(?<![A-Za-z0-9_])(?:%s)(?![A-Za-z0-9_])"
# A function's name, and not a member's: env->random() is ours.
CALL = r"(?<![A-Za-z0-9_.])(?<!->)(?:%s)\s*\("
FLOATING = WORD % r"double|float|_Float[0-9]+"

# (files, from the start of the name; what; why)
RULES = [(re.compile(files), re.compile(what), why) for files, what, why in (
    # 1. Flags that trade durability or safety for speed.
    ("", WORD % "MDB_(?:WRITEMAP|NOSYNC|NOMETASYNC|MAPASYNC|NOLOCK)",
     "a flag that LMDB must never be opened with"),
    # 2. Functions without a bound, without an error, with hidden state, or with a resolver.
    ("", CALL % "strcpy|strcat|strncpy|strncat|stpcpy", "no bound on the target, or no end to it"),
    ("", CALL % "sprintf|vsprintf|gets", "no bound on the target"),
    ("", CALL % "atoi|atol|atoll|atof", "no error, not even on overflow"),
    ("", CALL % "scanf|fscanf|sscanf", "undefined on overflow"),
    ("", CALL % "strtok|setlocale|localtime|gmtime|ctime|asctime",
     "hidden state shared by threads"),
    ("", CALL % "rand|srand|random|srandom|drand48", "not reproducible from a seed of ours"),
    ("", CALL % "tmpnam|tempnam|mktemp", "a race for the name"),
    ("", CALL % "gethostbyname|gethostbyaddr|uv_getaddrinfo|uv_getnameinfo",
     "a resolver: addresses are numeric"),
    ("", CALL % "signal|bsd_signal", "sigaction says what happens next"),
    ("", CALL % "msgpack_vrefbuffer_[a-z_]*", "overflows a heap buffer, in all versions"),
    ("proto/|daemon/|client/|ops/", CALL % "system|popen", "runs a shell"),
    # 3. Money is exact: no floating point where figures are made. Two formats have nothing else:
    #    JSON, of which only integers are taken, and workbooks.
    ("daemon/(ledger|view|commit)/", FLOATING, "floating point in a folder that computes figures"),
    (r"ops/cli/(?!(json|export/xlsx)\.c$)", FLOATING, "floating point in the command"),
    # 4. Deciding and applying depend on state and command alone.
    ("daemon/ledger/", CALL % "time|clock_gettime|gettimeofday|getenv|getrandom",
     "a clock, chance or the environment in the ledger"),
)]


def blank(match):
    text = match.group(0)
    if text[0] in "\"'":
        return text[0] * 2
    return " " + "\n" * text.count("\n")


def main():
    found = 0
    for name in filter(None, sys.stdin.read().split("\n")):
        with open(name, encoding="utf-8", errors="replace") as file:
            code = TOKEN.sub(blank, file.read())
        for files, what, why in RULES:
            for hit in what.finditer(code) if files.match(name) else ():
                line = code.count("\n", 0, hit.start()) + 1
                print(f"{name}:{line}: {hit[0]}: {why}", file=sys.stderr)
                found += 1
    sys.exit(1 if found else 0)


main()
