#!/usr/bin/python3
"""What is told of requests that are lost on the way, and by which exit code."""

import json
import os
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "integration", "client"))
from desk import ACCRUE, Desk, accrue, ndjson, party  # noqa: E402
from proxy import Proxy  # noqa: E402


class Outcomes(Desk):
    def proxy(self, *plan):
        proxy = Proxy(self.daemon.directory, self.daemon.socket, plan)
        self.addCleanup(os.unlink, proxy.path)
        self.addCleanup(proxy.close)
        return proxy

    def test_no_answer_is_an_unknown_outcome(self):
        proxy = self.proxy(("hold", 1))
        given = ndjson(party("lost", id="lost-1"))
        code, out, _ = accrue("append", "--json", "--timeout", "1", url=proxy.url, given=given)
        self.assertEqual(code, 7)
        answer = json.loads(out)
        self.assertEqual(answer["id"], "lost-1")
        self.assertEqual(answer["error"]["code"], "UNKNOWN_OUTCOME")
        again = self.run_json("append", given=given)  # the same id tells
        self.assertTrue(again["dup"])

    def test_a_question_without_answer_is_a_time_out(self):
        proxy = self.proxy(("hold", 1))
        code, _, err = accrue("outstanding", "--timeout", "1", url=proxy.url)
        self.assertEqual(code, 6)
        self.assertIn("UNAVAILABLE", err)

    def test_lost_answers_are_asked_for_again(self):
        proxy = self.proxy(("from", 5), ("to", 3), ("from", 1), None)
        given = ndjson(*[party(f"p{i}", id=f"p{i}") for i in range(60)])
        for inflight in ("1", "16"):
            code, out, err = accrue("append", "--json", "--inflight", inflight, url=proxy.url,
                                    given=given)
            self.assertEqual(code, 0, err)
            self.assertEqual([json.loads(line)["id"] for line in out.splitlines()],
                             [f"p{i}" for i in range(60)])
        for i in range(60):
            self.assertEqual(len(self.run_lines("history", f"party/p{i}")), 1)

    def test_a_follower_outlives_a_restart(self):
        with subprocess.Popen([ACCRUE, "tail", "-f", "--from", "head", "--type", "party.*",
                               "--json", "-n", "2", "--url", self.url], stdout=subprocess.PIPE,
                              encoding="utf-8") as tail:
            end = time.monotonic() + 20
            while self.run_json("status")["tails"] == 0 and time.monotonic() < end:
                time.sleep(0.02)
            self.run_it("append", given=ndjson(party("before")))
            self.assertEqual(json.loads(tail.stdout.readline())["agg"], "before")
            self.daemon.stop()
            self.daemon.start()
            self.run_it("append", given=ndjson(party("behind")))
            self.assertEqual(json.loads(tail.stdout.readline())["agg"], "behind")
            self.assertEqual(tail.wait(30), 0)

    def test_a_follower_may_be_interrupted(self):
        with subprocess.Popen([ACCRUE, "tail", "-f", "--url", self.url],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tail:
            tail.stdout.readline()
            tail.send_signal(signal.SIGINT)
            self.assertIn(tail.wait(30), (0, -signal.SIGINT, 128 + signal.SIGINT))

    def test_a_closed_pipe_ends_quietly(self):
        with subprocess.Popen([ACCRUE, "tail", "--from", "first", "--url", self.url],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tail:
            tail.stdout.close()
            self.assertIn(tail.wait(30), (0, 1, -signal.SIGPIPE))
            self.assertEqual(tail.stderr.read(), b"")

    def test_the_projections_are_described(self):
        lines = self.run_it("query", "--list").splitlines()
        self.assertGreaterEqual(len(lines), 5)
        for line in lines:
            self.assertGreater(len(line.split()), 1, line)
        chinese = self.run_it("query", "--list", lang="zh")
        self.assertNotEqual(chinese.splitlines(), lines)

    def test_every_example_is_taken_but_for_what_it_refers_to(self):
        types = json.loads(accrue("schema", "--json")[1])["types"]
        given = "".join(accrue("schema", one["name"], "--example")[1] for one in types)
        head = self.head()
        answers = self.run_lines("append", "--dry-run", "--keep-going", given=given, code=4)
        self.assertEqual(len(answers), len(types))
        told = {}
        for one, answer in zip(types, answers):
            told.setdefault(answer.get("error", {}).get("code"), []).append(one["name"])
        self.assertIn("party.registered", told[None])
        self.assertGreater(len(told["E_UNKNOWN_AGGREGATE"]), 30)
        self.assertLessEqual(set(told), {None, "E_UNKNOWN_AGGREGATE", "E_UNKNOWN_TYPE"}, told)
        self.assertEqual(self.head(), head)


if __name__ == "__main__":
    unittest.main(verbosity=2)
