#!/usr/bin/python3
"""The guide is true: its story, its examples and its answers are what the daemon takes and says.

The story (docs/guide/story.ndjson) is loaded into a fresh daemon, one event after the other. What
this release declares and does not decide must be refused as such; a note of the users' own stands
in its place, so that positions do not depend on the release. `test_guide.py --write` puts the
examples and answers of now into the pages; read the difference before you commit it.
"""

import json
import os
import re
import shlex
import sys
import unittest

from desk import Desk, ndjson
from guide_pages import (DOCS, LANGUAGES, anchors, example_of, headings, links, pages, story,
                         write_page)

JUDGED = os.path.join(os.path.dirname(__file__), "guide_judged.ndjson")
UNDECIDED = "declared, not decided in this release"


def source(*path):
    with open(os.path.join(os.environ["ACCRUE_SOURCE_DIR"], *path), encoding="utf-8") as file:
        return file.read()


def codes():
    """(name, {language: text}, {language: advice}) of every code and flag of the table."""
    table = re.sub(r"\\\n\s*", " ", source("proto", "status_list.h"))
    hints = dict(re.findall(r'\{ACCRUE_(\w+), "([^"]+)"\}', source("ops", "cli", "hints.c")))
    text = r'"((?:[^"\\]|\\.)*)"'
    for name, number, english, chinese, advice in re.findall(
            r"X\((\w+), (-?\d+), " + text + r",\s+" + text + r"(?:,\s+" + text + r")?\)", table):
        flag = not number.startswith("-")
        yield (("W_" if flag else "") + name, {"en": english, "zh": chinese},
               {"en": advice, "zh": "" if flag else hints[name]})


class Guide(Desk):
    options = ("--init-load",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.refused = []
        try:
            cls.load_story(cls())
        except BaseException:
            cls.daemon.remove()
            raise

    def load_story(self):
        self.types = {one["name"]: one for one in self.run_json("schema")["types"]}
        lines = []
        for event in story():
            if not self.types[event["type"]].get("decided"):
                self.refused.append(event)
                event = {"recorded": event["recorded"], "id": "instead-" + event["id"],
                         "type": "x.guide.undecided", "agg": "x/guide", "data": {}}
            lines.append(event)
        self.run_it("load", "-", given=ndjson(*lines))
        self.run_it("load", "--end")
        Guide.known = self.types

    def test_undecided_types_are_refused_as_such(self):
        for event in self.refused:
            event = {key: value for key, value in event.items() if key != "recorded"}
            self.run_it("append", "--dry-run", "-", given=ndjson(event), code=4)
            self.assertIn(UNDECIDED, self.err, event["id"])

    def test_the_daemons_own_types_are_refused(self):
        for name in self.known:
            if name.startswith("system."):
                event = {"type": name, "agg": "_log", "data": {}}
                self.run_it("append", "-", given=ndjson(event), code=4)
                self.assertIn("E_UNKNOWN_TYPE", self.err)

    def test_every_type_has_its_heading_and_an_example(self):
        for language in LANGUAGES:
            found = headings("events", language)
            self.assertEqual(sorted(found), sorted(self.known), language)
            for name, section in found.items():
                types = [event["type"] for event in section.events]
                self.assertTrue(name.startswith("system.") or name in types, (language, name))

    def test_level_1_comes_first(self):
        for language in LANGUAGES:
            levels = [self.known[name]["level"] for name in headings("events", language)]
            self.assertEqual(levels, sorted(levels), language)

    def test_every_projection_has_its_heading(self):
        names = [line.split()[0] for line in self.run_it("query", "--list").splitlines()]
        for language in LANGUAGES:
            found = headings("questions", language)
            self.assertEqual(sorted(found), sorted(names), language)
            for name, section in found.items():
                self.assertTrue(section.answers, (language, name))

    def test_every_code_has_its_heading_and_says_what_the_table_says(self):
        table = list(codes())
        self.assertGreater(len(table), 80)
        for language in LANGUAGES:
            found = headings("codes", language)
            self.assertEqual(sorted(found), sorted(name for name, _, _ in table), language)
            for name, texts, advice in table:
                said = " ".join(found[name].text.split())
                self.assertIn(texts[language], said, (language, name))
                self.assertIn(advice[language], said, (language, name))

    def test_refusals_and_warnings_that_the_guide_names(self):
        """Each line, after the story, is refused or flagged with a code that its text names."""
        sections = [headings("events", language) for language in LANGUAGES]
        with open(JUDGED, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        for event in lines:
            code = event.pop("code")
            for found in sections:
                self.assertIn(f"`{code}`", found[event["type"]].text, event)
            if self.known[event["type"]].get("decided"):
                with self.subTest(event=event):
                    self.judge(event, code)

    def judge(self, event, code):
        if code.startswith("E_"):
            self.run_it("append", "--dry-run", "-", given=ndjson(event), code=4)
            self.assertIn(f" {code}: ", self.err)
        else:
            out = self.run_it("append", "--dry-run", "-", "--json", given=ndjson(event))
            self.assertIn(f'"{code}"', out)

    def test_examples_are_events_of_the_story(self):
        known = {event["id"]: example_of(event) for event in story()}
        count = 0
        for path in pages():
            for section in headings(path).values():
                for event in section.events:
                    self.assertEqual(event, known[event["id"]], path)
                    count += 1
        self.assertGreater(count, 2 * len(self.known) - 20)

    def test_links_lead_somewhere(self):
        for path in pages():
            for target, anchor in links(path):
                self.assertTrue(os.path.exists(target), (path, target))
                if anchor:
                    self.assertIn(anchor, anchors(target), (path, target))

    def test_answers_are_what_the_daemon_says(self):
        for path in pages():
            for section in headings(path).values():
                for command, answer in section.answers:
                    self.assertEqual(answer, self.ask(command, path), (path, command))

    def ask(self, command, path):
        out = self.run_it(*shlex.split(command)[1:], lang="zh" if ".zh-CN." in path else "en")
        return "\n".join(line.rstrip() for line in out.splitlines())


def write():
    Guide.setUpClass()
    try:
        for path in pages():
            write_page(os.path.join(DOCS, path), Guide().ask, path)
    finally:
        Guide.tearDownClass()


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
