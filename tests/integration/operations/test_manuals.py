"""Manual pages: two formatters accept them, they name no page that is not there, and every option
of a program is in its page."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
BIN = os.environ["ACCRUE_BIN_DIR"]
# scdoc writes .PP once too often; nobody sees it.
HABIT = re.compile("skipping paragraph macro: PP (empty|after SH)$")


def run(*words, **more):
    return subprocess.run(words, stdin=more.pop("stdin", subprocess.DEVNULL), encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more)


class Manuals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="accrue-manuals-")
        cls.pages = {}
        for source in glob.glob(os.path.join(SOURCE, "*/man/*.scd")) + \
                glob.glob(os.path.join(SOURCE, "*/*/man/*.scd")):
            page = os.path.basename(source)[:-len(".scd")]
            with open(source, encoding="utf-8") as file:
                done = run("scdoc", stdin=file)
            assert done.returncode == 0, (page, done.stderr)
            cls.pages[page] = os.path.join(cls.place, page)
            with open(cls.pages[page], "w", encoding="utf-8") as file:
                file.write(done.stdout)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place)

    def text(self, page):
        with open(self.pages[page], encoding="utf-8") as file:
            return file.read().replace("\\-", "-")

    def test_they_are_all_here(self):
        self.assertLessEqual({"accrue.1", "accrued.8", "accrued.conf.5", "libaccrue.3"},
                             set(self.pages))

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc here")
    def test_mandoc_accepts_them(self):
        for page, path in self.pages.items():
            found = run("mandoc", "-T", "lint", "-W", "warning", path).stdout.splitlines()
            self.assertEqual([line for line in found if not HABIT.search(line)], [], page)

    @unittest.skipUnless(shutil.which("man"), "no man here")
    def test_groff_accepts_them(self):
        for page, path in self.pages.items():
            done = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path,
                       env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)

    def test_they_name_only_pages_that_are_there(self):
        for page in self.pages:
            for name in re.findall(r"\\fB((?:lib)?accrue[\w.-]*)\\fR\((\d)\)", self.text(page)):
                self.assertIn(".".join(name), self.pages, page)

    def test_every_option_is_in_its_page(self):
        done = run(os.path.join(BIN, "accrued"), "--help")
        options = set(re.findall(r"--[a-z][a-z-]+", done.stdout))
        self.assertIn("--snapshot-events", options)
        text = self.text("accrued.8")
        self.assertEqual({option for option in options if option not in text}, set())

    def test_every_key_of_the_configuration_is_in_its_page(self):
        with open(os.path.join(SOURCE, "daemon/config.c"), encoding="utf-8") as file:
            table = re.search(r"keys\[\]\[2\] = \{(.*?)\};", file.read(), re.DOTALL).group(1)
        text = self.text("accrued.conf.5")
        found = re.findall(r'\{"(\w+)", "(\w+)"\}', table)
        self.assertGreater(len(found), 8)
        for section, key in found:
            self.assertRegex(text, rf"(?s)\[{section}\].*\\fB{key}\\fR = ")


if __name__ == "__main__":
    if shutil.which("scdoc") is None:
        print("skipped: scdoc is not installed")
        sys.exit(77)
    unittest.main()
