#!/usr/bin/python3
"""The generated types are those of the vocabulary, and say what it says."""

import json
import os
import subprocess
import typing
import unittest

import places
from accrue import events

ACCRUE = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")
GENERATE = os.path.join(places.SOURCE, "client", "generate-types")


def schema(*words):
    return json.loads(subprocess.check_output([ACCRUE, "schema", *words]))


def check(vocabulary):
    return subprocess.run([GENERATE, "--check"], input=json.dumps(vocabulary), text=True,
                          stderr=subprocess.PIPE)


class Types(unittest.TestCase):
    def test_they_are_current(self):
        done = check(schema("--json"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_is_not_current_is_found(self):
        changed = schema("--json")
        party = next(kind for kind in changed["types"] if kind["name"] == "party.registered")
        party["fields"][0]["help"] += " and more"
        done = check(changed)
        self.assertEqual(done.returncode, 1)
        for name in ("client/python/accrue/events/party.py", "client/node/types/events.d.ts"):
            self.assertIn(name, done.stderr)
        self.assertNotIn("events/pool.py", done.stderr)

    def test_deciding_a_type_changes_nothing(self):
        changed = schema("--json")
        for kind in changed["types"]:
            kind["decided"] = not kind.get("decided", False)
        self.assertEqual(check(changed).returncode, 0)

    def test_they_hold_the_example_of_each_type(self):
        kinds = schema("--json")["types"]
        self.assertGreater(len(kinds), 100)
        for kind in kinds:
            name = "".join(part.capitalize() for part in kind["name"].replace(".", "_").split("_"))
            event = typing.get_type_hints(getattr(events, name + "Event"))
            self.assertEqual(typing.get_args(event["type"]), (kind["name"],))
            data = event["data"]
            self.assertIs(data, getattr(events, name))
            self.assertEqual(set(typing.get_type_hints(data)),
                             {field["name"] for field in kind["fields"]})
            self.assertEqual(data.__required_keys__, {field["name"] for field in kind["fields"]
                                                      if field.get("required")}, name)
        example = schema("payment.received", "--example")
        self.assertLessEqual(events.PaymentReceived.__required_keys__, set(example["data"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
