"""A daemon with the events of a small office, and the command to ask it. For the tests here."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon  # noqa: E402

ACCRUE = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")
CASES = os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "ops", "cases")
PATIENCE = 60

CONTRACT = "北科转〔2024〕017号"


def accrue(*words, url=None, given=None, lang="en", environment=None):
    """Run the command; gives (exit code, stdout, stderr), as text."""
    own = {**os.environ, "LC_ALL": "C", **(environment or {})}
    own.pop("ACCRUE_URL", None)
    if url:
        own["ACCRUE_URL"] = url
    done = subprocess.run([ACCRUE, "--lang", lang, *words], input=given, env=own, timeout=PATIENCE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          check=False)
    return done.returncode, done.stdout, done.stderr


def party(name, **more):
    return {"type": "party.registered", "agg": name,
            "data": {"name": "甲" + name, "kind": "university"},
            **more}


def ndjson(*events):
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


class Desk(unittest.TestCase):
    """One daemon for a class, in a directory of its own."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(options=cls.options).start()
        cls.url = "unix:" + cls.daemon.socket

    @classmethod
    def tearDownClass(cls):
        cls.daemon.remove()

    def run_it(self, *words, code=0, given=None, lang="en"):
        got, out, err = accrue(*words, url=self.url, given=given, lang=lang)
        self.assertEqual(got, code, (words, out, err))
        self.out, self.err = out, err
        return out

    def run_json(self, *words, code=0, given=None, lang="en"):
        out = self.run_it(*words, "--json", code=code, given=given, lang=lang)
        return json.loads(out)

    def run_lines(self, *words, code=0, given=None):
        out = self.run_it(*words, "--json", code=code, given=given)
        return [json.loads(line) for line in out.splitlines()]

    def head(self):
        return self.run_json("status")["head"]


class History(Desk):
    """The real cases, loaded with the times at which they were known."""

    options = ("--init-load",)
    files = [os.path.join(CASES, name + ".ndjson") for name in (
        "parties", "binhai", "tiankai", "tiankai-not-reached", "signing-day", "late-payment")]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = []
        for name in cls.files:
            with open(name, encoding="utf-8") as file:
                lines += file.readlines()
        cls.history = os.path.join(cls.daemon.directory, "history.ndjson")
        with open(cls.history, "w", encoding="utf-8") as file:
            file.writelines(sorted(lines))
        cls.count = len(lines)
        for words in (("load", cls.history), ("load", "--end")):
            code, out, err = accrue(*words, url=cls.url)
            if code != 0:
                cls.daemon.remove()
                raise AssertionError((words, out, err))


class Story(History):
    """The guide's story: something in every projection."""

    files = [os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "docs", "guide", "story.ndjson")]
