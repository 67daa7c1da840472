#!/usr/bin/python3
"""docs/http.md is true: its commands are run, and what they print is what it says. The Chinese page
has the same ones.

`test_docs.py --write` puts the output of now into the pages; read the difference before you commit.
"""

import os
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import WebDaemon  # noqa: E402

PAGE = os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "docs", "http.md")
CHINESE = PAGE.replace(".md", ".zh-CN.md")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```\n\$ (.*?)^```$", re.MULTILINE | re.DOTALL)
# What another run cannot have again: times, and the hashes that they go into.
PASSING = [(re.compile(r'"(hash)":"[0-9a-f]{64}"'), r'"\1":"…"'),
           (re.compile(r'"(recorded|time)":\d{16}'), r'"\1":0'),
           (re.compile(r'"id":"_started-[0-9a-f]+"'), '"id":"_started"'),
           (re.compile(r'"release":"[^"]+"'), '"release":"0"')]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def lasting(text):
    for pattern, instead in PASSING:
        text = pattern.sub(instead, text)
    return text


def split(block):
    """The command, whose quotes may run over lines, and what follows it."""
    lines = block.split("\n")
    for count in range(1, len(lines) + 1):
        command = "\n".join(lines[:count])
        if command.count("'") % 2 == 0:
            return command, "\n".join(lines[count:])
    raise AssertionError(block)


class Docs(unittest.TestCase):
    write = False

    @unittest.skipUnless(shutil.which("curl"), "no curl here")
    def test_commands_print_what_the_page_says(self):
        page = read(PAGE)
        with WebDaemon() as daemon:
            daemon.start()
            address = daemon.ready.split("socket=http:")[1].split()[0]
            parts, at = [], 0
            for match in BLOCK.finditer(page):
                command, told = split(match.group(1))
                ran = subprocess.run(command.replace("127.0.0.1:7180", address), shell=True,
                                     check=False, capture_output=True, encoding="utf-8",
                                     executable="/bin/bash")
                printed = ran.stdout.rstrip("\n") + "\n"
                if not self.write:
                    self.assertEqual(lasting(printed), lasting(told), command)
                parts += [page[at:match.start()], f"```\n$ {command}\n{printed}```"]
                at = match.end()
            self.assertGreater(len(parts), 20)
        if self.write:
            write(PAGE, "".join(parts) + page[at:])

    def test_the_chinese_page_has_the_same_blocks(self):  # after the commands, by its name
        blocks, chinese = FENCED.findall(read(PAGE)), read(CHINESE)
        self.assertEqual(len(FENCED.findall(chinese)), len(blocks))
        if self.write:
            following = iter(blocks)
            write(CHINESE, FENCED.sub(lambda _: next(following), chinese))
        self.assertEqual(FENCED.findall(read(CHINESE)), blocks)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        Docs.write = True
        del sys.argv[1]
    unittest.main()
