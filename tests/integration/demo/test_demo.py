#!/usr/bin/python3
"""ops/demo ends well, and every line of output that a README shows is one that it printed."""

import os
import re
import subprocess
import sys
import unittest

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
BUILD = os.path.dirname(os.environ["ACCRUE_BIN_DIR"])
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
language = sys.argv.pop(1)


def plain(line):
    """Without what the day of the run, or the width that it gives a column, decides."""
    if "event.reversed" in line:
        line = re.sub(r"20\d\d-\d\d-\d\d", "DAY", line)
    return re.sub(r"[ ─]+", " ", line).strip()


def shown(text):
    """(command, lines of output) of each command in a README whose output stands there."""
    for block in re.findall(r"^```\n(.*?)^```$", text, re.S | re.M):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *output = part.rstrip("\n").split("\n")
            if command.startswith("accrue ") and output:
                yield command, output


class Demo(unittest.TestCase):
    maxDiff = None

    def test_the_readme_shows_what_the_demo_prints(self):
        done = subprocess.run([os.path.join(SOURCE, "ops", "demo"), "--lang", language, "--build",
                               BUILD], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:])
        printed = {plain(line) for line in done.stdout.split("\n")}
        with open(os.path.join(SOURCE, READMES[language]), encoding="utf-8") as file:
            examples = list(shown(file.read()))
        self.assertGreaterEqual(len(examples), 4)
        for command, output in examples:
            for line in ["$ " + command] + output:
                if not line.rstrip().endswith("…"):  # a line that was cut short says so
                    self.assertTrue(plain(line) in printed, "%s: not in the demo: %s" %
                                    (command, line))
        for kind in ("html", "xlsx"):
            path = os.path.join(BUILD, "demo", "outstanding." + kind)
            self.assertIn(path, done.stdout)
            self.assertGreater(os.path.getsize(path), 1000)


if __name__ == "__main__":
    unittest.main()
