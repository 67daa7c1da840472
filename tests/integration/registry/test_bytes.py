#!/usr/bin/python3
"""The bytes of the registry depend on profile and seed alone, its totals on the profile alone."""

import hashlib
import json
import os
import subprocess
import tempfile
import unittest

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
PROGRAM = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue-registry")
COMMAND = os.path.join(SOURCE, "ops", "registry")
BUILD = os.path.dirname(os.environ["ACCRUE_BIN_DIR"])

# Changes only together with CHANGELOG.md: who has loaded the one has not loaded the other.
SEED_1 = "5fe5a497e5a9b6a63f35138c088ceb37b658b59ecc1bb56e9f0e860a7e6152ed"


def generated(*options):
    return subprocess.run([PROGRAM, *options], check=True, capture_output=True).stdout


class Bytes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.one = generated("--profile", "ci", "--seed", "1")

    def test_pinned(self):
        self.assertEqual(hashlib.sha256(self.one).hexdigest(), SEED_1)

    def test_one_is_the_default(self):
        environment = dict(os.environ, TZ="America/New_York", LC_ALL="C")
        out = subprocess.run([PROGRAM], check=True, capture_output=True, env=environment).stdout
        self.assertEqual(out, self.one)

    def test_lines(self):
        ids = {}
        recorded = 0
        twice = 0
        for line in self.one.splitlines():
            event = json.loads(line)
            if event["id"] in ids:
                self.assertEqual(ids[event["id"]], line)
                twice += 1
                continue
            ids[event["id"]] = line
            self.assertGreater(event["recorded"], recorded)
            recorded = event["recorded"]
        self.assertAlmostEqual(twice / len(ids), 0.01, delta=0.001)

    def test_another_seed(self):
        with tempfile.TemporaryDirectory() as directory:
            totals = []
            for seed in "1", "20260101":
                manifest = os.path.join(directory, "manifest.json")
                out = subprocess.run([COMMAND, "--profile", "ci", "--seed", seed, "--build", BUILD,
                                      "--manifest", manifest], check=True, capture_output=True)
                self.assertEqual(out.stdout == self.one, seed == "1")
                with open(manifest, encoding="utf-8") as file:
                    answers = json.load(file)["answers"]
                rows = [one["rows"] for one in answers
                        if (one["basis"], one["by"]) == ("restated", "year")][0]
                totals.append([(row["year"], row["count"], row["turnover"]) for row in rows])
            self.assertEqual(totals[0], totals[1])
            self.assertEqual(sum(count for _, count, _ in totals[0]), 28885)
            self.assertEqual(sum(fen for _, _, fen in totals[0]), 15343264000000)

    def test_profiles(self):
        lean = subprocess.Popen([PROGRAM, "--profile", "lean"], stdout=subprocess.PIPE)
        types = {json.loads(lean.stdout.readline())["type"] for _ in range(60000)}
        lean.stdout.close()
        lean.terminate()
        lean.wait()
        self.assertEqual(types, {"party.registered", "technology.published", "contract.signed",
                                 "contract.registered", "contract.registration_changed",
                                 "contract.registration_revoked"})

    def test_usage(self):
        for options in (["--profile", "big"], ["--seed", "-1"], ["--seed", "1x"], ["what"]):
            done = subprocess.run([PROGRAM, *options], check=False, capture_output=True)
            self.assertNotEqual(done.returncode, 0, options)
            self.assertEqual(done.stdout, b"")
        for options in ([], ["--profile", "big"], ["--profile"], ["--what", "1"]):
            done = subprocess.run([COMMAND, *options], check=False, capture_output=True)
            self.assertEqual(done.returncode, 2, options)


if __name__ == "__main__":
    unittest.main()
