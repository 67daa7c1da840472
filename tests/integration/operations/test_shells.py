"""Completion, in the shells that will use it."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ACCRUE = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")
BASH = """. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _accrue
printf '%s\\n' "${COMPREPLY[@]}" """
SHELLS = ("bash", "zsh", "fish")
HOME = tempfile.mkdtemp(prefix="accrue-home-")  # fish writes into it


def run(*words):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", timeout=30, check=False,
                          env={**os.environ, "HOME": HOME})
    assert done.returncode == 0, done.stdout
    return done.stdout


class Shells(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="accrue-shells-")
        cls.script = {shell: os.path.join(cls.place, "_accrue" if shell == "zsh" else shell)
                      for shell in SHELLS}
        for shell, path in cls.script.items():
            with open(path, "w", encoding="utf-8") as file:
                file.write(run(ACCRUE, "completion", shell))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place)
        shutil.rmtree(HOME)

    def bash(self, *words):
        return run("bash", "--norc", "-c", BASH, self.script["bash"], *words).split()

    def test_bash(self):
        self.assertEqual(self.bash("accrue", "st"), ["stats", "status"])
        self.assertEqual(self.bash("accrue", "outstanding", "--buck"), ["--buckets"])
        self.assertEqual(self.bash("accrue", "--lang", "z"), ["zh"])
        self.assertEqual(self.bash("accrue", "completion", "f"), ["fish"])

    def zsh(self, text, wanted):
        self.assertIn(wanted, run("zsh", "-f", os.path.join(HERE, "complete.zsh"), self.place,
                                  text, f"*{wanted}*"))

    @unittest.skipUnless(shutil.which("zsh"), "no zsh here")
    def test_zsh(self):
        self.zsh("accrue statu", "status")
        self.zsh("accrue outstanding --buck", "--buckets")

    def fish(self, text):
        shown = run("fish", "--no-config", "-c",
                    f'source {self.script["fish"]}; complete -C "{text}"')
        return [line.split("\t")[0] for line in shown.splitlines()]

    @unittest.skipUnless(shutil.which("fish"), "no fish here")
    def test_fish(self):
        self.assertEqual(self.fish("accrue st"), ["stats", "status"])
        self.assertEqual(self.fish("accrue outstanding --buck"), ["--buckets"])
        self.assertEqual(self.fish("accrue --lang z"), ["zh"])
        self.assertEqual(self.fish("accrue completion f"), ["fish"])


if __name__ == "__main__":
    unittest.main()
