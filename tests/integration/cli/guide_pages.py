"""The pages of the guide: their sections, with the events and answers that they quote.

An example is a block of JSON with one event of the story, without the time of recording. An answer
is a block whose first line is the command, after `$ `.
"""

import json
import os
import re

DOCS = os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "docs")
LANGUAGES = ("en", "zh")
SUFFIX = {"en": ".md", "zh": ".zh-CN.md"}
WIDTH = 96

HEADING = re.compile(r"^#{1,3} `?([A-Za-z0-9_.]+)`?")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Section:
    def __init__(self, text):
        self.text = text
        self.events = []
        self.answers = []
        for language, body in BLOCK.findall(text):
            if language == "json":
                self.events.append(json.loads(body))
            elif body.startswith("$ "):
                command, _, answer = body.partition("\n")
                self.answers.append((command[2:], answer.rstrip("\n")))


def story():
    with open(os.path.join(DOCS, "guide", "story.ndjson"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def example_of(event):
    return {key: value for key, value in event.items() if key != "recorded"}


def pages():
    names = ["guide" + SUFFIX[language] for language in LANGUAGES]
    return names + ["guide/" + name for name in sorted(os.listdir(os.path.join(DOCS, "guide")))
                    if name.endswith(".md")]


def headings(page, language=None):
    """{name: Section} of a page, or of docs/guide/PAGE in a language, in the page's order.

    With a language: only the headings of the third level, those that name a thing.
    """
    path = page if language is None else "guide/" + page + SUFFIX[language]
    with open(os.path.join(DOCS, path), encoding="utf-8") as file:
        parts = re.split(r"^(?=#{1,3} )", file.read(), flags=re.MULTILINE)
    found = {}
    for number, part in enumerate(parts):
        named = HEADING.match(part)
        if language is None:
            found[number] = Section(part)
        elif part.startswith("### "):
            assert named, part
            assert named.group(1) not in found, named.group(1)
            found[named.group(1)] = Section(part)
    return found


def text_of(page):
    with open(os.path.join(DOCS, page), encoding="utf-8") as file:
        return file.read()


def links(page):
    """(file, anchor or "") of every relative link of a page."""
    here = os.path.dirname(os.path.join(DOCS, page))
    for target, anchor in re.findall(r"\]\(([^)#:]*)#?([^)]*)\)", text_of(page)):
        yield (os.path.join(here, target) if target else os.path.join(DOCS, page)), anchor


def anchors(path):
    return [re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-")
            for title in re.findall(r"^#+ (.*)$", text_of(path), re.MULTILINE)]


def compact(value):
    return json.dumps(value, ensure_ascii=False)


def folded(pairs, indent, opening, closing):
    """Pieces in lines of bounded width, as many as fit."""
    lines, line = [], indent + opening
    for i, piece in enumerate(pairs):
        piece += "," if i + 1 < len(pairs) else closing
        if len(line) + len(piece) > WIDTH and line.strip() != opening:
            lines.append(line.rstrip())
            line = indent + " "
        line += piece + " "
    return "\n".join(lines + [line.rstrip()])


def shown(event):
    """An event for people: the envelope on one line, the data below it."""
    head = [compact(key) + ": " + compact(value) for key, value in event.items() if key != "data"]
    data = [compact(key) + ": " + compact(value) for key, value in event["data"].items()]
    if not data:
        return folded(head + ['"data": {}'], "", "{", "}")
    return (folded(head, "", "{", ",") + "\n" + folded(data, " ", '"data": {', "}}"))


def write_page(path, ask, page):
    """Put the examples and answers of now in place of those of then."""
    events = {event["id"]: example_of(event) for event in story()}

    def renewed(block):
        language, body = block.groups()
        if language == "json":
            return "```json\n" + shown(events[json.loads(body)["id"]]) + "\n```"
        if body.startswith("$ "):
            command = body.partition("\n")[0]
            return "```text\n" + command + "\n" + ask(command[2:], page) + "\n```"
        return block.group(0)

    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(BLOCK.sub(renewed, text))
