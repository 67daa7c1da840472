#!/usr/bin/python3
"""Every statistic cell of a daemon that holds the registry is that of the manifest, whatever the
seed; and one fen, one contract or one missing row more or less is noticed."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))
from accrued import Daemon  # noqa: E402

BUILD = os.path.dirname(os.environ["ACCRUE_BIN_DIR"])
COMMAND = os.path.join(SOURCE, "ops", "registry")
COMPARE = os.path.join(SOURCE, "ops", "synthetic", "compare.py")
ACCRUE = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")


def run(*command, url=""):
    return subprocess.run(command, check=False, capture_output=True, text=True,
                          env=dict(os.environ, ACCRUE_URL=url))


def spoil(manifest, by, change):
    """This answer of the manifest alone, as text, with one row changed."""
    answer = [one for one in manifest["answers"]
              if (one["basis"], one["by"]) == ("restated", by)][0]
    rows = [dict(row) for row in answer["rows"]]
    change(rows)
    return json.dumps({"answers": [dict(answer, rows=rows)]})


class Cells(unittest.TestCase):
    def compare(self, url, text):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(text)
            file.flush()
            return run(COMPARE, file.name, "ci", url=url)

    def test_into_a_daemon(self):
        with tempfile.TemporaryDirectory() as directory, Daemon(options=["--init-load"]) as daemon:
            daemon.start()
            url = "unix:" + daemon.socket
            path = os.path.join(directory, "manifest.json")
            done = run(COMMAND, "--profile", "ci", "--seed", "1", "--build", BUILD, "--manifest",
                       path, "--into", url)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(path, encoding="utf-8") as file:
                manifest = json.load(file)
            flagged = 0
            tail = run(ACCRUE, "tail", "--json", "--from", "1", url=url).stdout.splitlines()
            for line in tail:
                flagged += 1 if json.loads(line)["flags"] else 0
            self.assertEqual(flagged, 0, "the registry is an orderly one")
            # one of them is the daemon's own
            self.assertEqual(len(tail), manifest["events"] + 1)

            done = self.compare(url, json.dumps(manifest))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("are those of the manifest", done.stdout)
            self.check_spoilt(url, manifest)

    def check_spoilt(self, url, manifest):
        def one_fen(rows):
            rows[0]["turnover"] += 1

        def one_contract(rows):
            rows[-1]["count"] -= 1

        def one_permille(rows):
            rows[-1]["turnover_growth_permille"] += 1

        for by, change, word in (("year,type", one_fen, "turnover"),
                                 ("month", one_contract, "count"),
                                 ("quarter", one_permille, "growth"),
                                 ("year,zone", list.pop, "keys"),
                                 ("year,field", lambda rows: rows.append(dict(
                                     rows[0], field="alchemy")), "missing")):
            if by == "year,zone" and not self.knows_zones(url):
                continue
            done = self.compare(url, spoil(manifest, by, change))
            self.assertEqual(done.returncode, 1, by)
            self.assertIn(word, done.stderr)

    def knows_zones(self, url):
        return run(ACCRUE, "stats", "--by", "zone", url=url).returncode == 0

    def test_prove(self):
        done = run(COMMAND, "--prove", "ci", "--seed", "2", "--build", BUILD)
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("generated ci, seed 2", "are those of the manifest", "to the fen",
                      "after SIGTERM", "after SIGKILL"):
            self.assertIn(words, done.stdout)


if __name__ == "__main__":
    unittest.main()
