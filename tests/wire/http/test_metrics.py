#!/usr/bin/python3
"""Health and metrics: what a probe and a Prometheus server read."""

import os
import re
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import WebDaemon, note  # noqa: E402

SAMPLE = re.compile(r"([a-z_]+)(?:\{((?:[a-z]+=\"[^\"\\\n]*\",?)+)\})? (-?[0-9]+(?:\.[0-9]+)?)")


class Exposition:
    """The text format, read as strictly as it is defined."""

    def __init__(self, text):
        self.kinds = {}
        self.values = {}
        assert text.endswith("\n")
        family = None
        for line in text[:-1].split("\n"):
            if line.startswith("# HELP "):
                family, told = line[7:].split(" ", 1)
                assert told and family not in self.kinds, line
            elif line.startswith("# TYPE "):
                name, kind = line[7:].split(" ")
                assert name == family and kind in ("counter", "gauge", "histogram"), line
                self.kinds[name] = kind
            else:
                self.sample(line, family)

    def sample(self, line, family):
        match = SAMPLE.fullmatch(line)
        assert match, line
        name, labels, value = match.groups()
        suffixes = ("_bucket", "_sum", "_count") if self.kinds[family] == "histogram" else ("",)
        assert name in [family + suffix for suffix in suffixes], line
        key = (name, *sorted(re.findall(r'([a-z]+)="([^"]*)"', labels or "")))
        assert key not in self.values, line
        self.values[key] = float(value)

    def get(self, name, **labels):
        return self.values.get((name, *sorted(labels.items())), 0)

    def histograms(self):
        """{(family, other labels): [(bound, count)]}"""
        found = {}
        for (name, *labels), value in self.values.items():
            if name.endswith("_bucket"):
                bound = dict(labels)["le"]
                rest = tuple(label for label in labels if label[0] != "le")
                found.setdefault((name[:-7], *rest), []).append(
                    (float(bound.replace("+Inf", "inf")), value))
        return found


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon().start()
        cls.web = cls.daemon.web()

    @classmethod
    def tearDownClass(cls):
        cls.web.close()
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    def read(self):
        answer = self.web.ask("GET", "/metrics")
        self.assertEqual(answer.headers["content-type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        return Exposition(answer.body.decode())

    def test_they_count_what_was_done(self):
        before = self.read()
        party = {"id": "p", "type": "party.registered", "agg": "P-秘密", "data": {
            "name": "某大学", "kind": "university", "region": "110000"}}
        for events in ([party, note("a"), note("b")], [note("a")], [note("a", fill=1)],
                       [note("c")]):
            self.web.ask("POST", "/v1/append", {"events": events})
        self.web.ask("POST", "/v1/append", {"events": [note("d")], "dry": True})
        self.web.ask("POST", "/v1/append", {"events": []})
        for _ in range(3):
            self.web.ask("GET", "/v1/query/contracts")
        self.web.ask("GET", "/v1/query/contracts?by=colour")
        with self.daemon.client() as client:
            client.call("tail", {"from": 1})
            after = self.read()
            # Without credit it gets nothing, and falls behind by all there is.
            self.assertEqual(after.get("accrued_subscriber_lag_events"),
                             after.get("accrued_log_head_position"))

        def grown(name, **labels):
            return after.get(name, **labels) - before.get(name, **labels)

        for outcome, count in (("stored", 2), ("dup", 1), ("dry", 1), ("refused", 2),
                               ("failed", 0)):
            self.assertEqual(grown("accrued_append_requests_total", outcome=outcome), count)
        for kind, count in (("party.registered", 1), ("x.*", 3)):
            self.assertEqual(grown("accrued_events_appended_total", type=kind), count)
        for method, code, count in (("append", "OK", 4), ("append", "E_ID_REUSED", 1),
                                    ("append", "BAD_PARAMS", 1), ("query", "OK", 3),
                                    ("query", "BAD_PARAMS", 1), ("metrics", "OK", 1)):
            self.assertEqual(grown("accrued_rpc_requests_total", method=method, code=code), count)
        self.assertEqual(grown("accrued_log_head_position"), 4)
        self.assertEqual(grown("accrued_commit_batch_events_sum"), 4)
        self.assertEqual(grown("accrued_commit_batch_events_count"), 2)
        self.assertEqual(grown("accrued_commit_batch_events_bucket", le="1"), 1)
        self.assertEqual(grown("accrued_commit_batch_events_bucket", le="3"), 2)
        self.assertEqual(grown("accrued_append_duration_seconds_count"), 6)
        self.assertEqual(grown("accrued_commit_duration_seconds_count"), 2)
        self.assertEqual(after.get("accrued_connections", listener="http"), 1)
        self.assertEqual(after.get("accrued_connections", listener="rpc"), 1)
        self.assertEqual(after.get("accrued_subscribers"), 1)
        self.assertEqual(after.get("accrued_state", state="ready"), 1)
        self.assertAlmostEqual(after.get("accrued_start_timestamp_seconds"), time.time(), delta=600)
        self.assertEqual(after.get("accrued_scrub_end_timestamp_seconds"), 0)
        room = os.statvfs(self.daemon.data)
        self.assertAlmostEqual(after.get("accrued_disk_free_bytes"),
                               room.f_bavail * room.f_frsize, delta=1 << 30)
        self.assertGreater(after.get("process_resident_memory_bytes"), 1e6)
        self.assertGreater(after.get("process_cpu_seconds_total"), 0)
        self.assertFalse([key for key in after.values if "秘密" in str(key)])

    def test_histograms_only_grow(self):
        self.web.ask("POST", "/v1/append", {"events": [note("h")]})
        read = self.read()
        histograms = read.histograms()
        self.assertGreaterEqual(len(histograms), 7)
        for (family, *labels), buckets in histograms.items():
            bounds = [bound for bound, _ in buckets]
            counts = [count for _, count in buckets]
            self.assertEqual(bounds, sorted(set(bounds)), family)
            self.assertEqual(counts, sorted(counts), family)
            self.assertEqual(bounds[-1], float("inf"))
            self.assertEqual(counts[-1], read.get(family + "_count", **dict(labels)))
            most = sum(bound * (count - before) for (bound, count), before
                       in zip(buckets[:-1], [0] + counts))
            self.assertLessEqual(read.get(family + "_sum", **dict(labels)),
                                 most if counts[-2] == counts[-1] else float("inf"), family)

    def test_the_method_and_the_text_say_the_same(self):
        with self.daemon.client() as client:
            families = client.call("metrics")["families"]
        kinds = {family["name"]: family["kind"] for family in families}
        read = self.read()
        self.assertEqual(kinds, {name: kind for name, kind in read.kinds.items()
                                 if not name.startswith("process_")})

    def test_health(self):
        for target in ("/healthz", "/readyz"):
            answer = self.web.ask("GET", target)
            self.assertEqual((answer.status, answer.body), (200, b"ready\n"))
            self.assertEqual(self.web.ask("HEAD", target).status, 200)

    def test_a_log_that_is_being_loaded_is_healthy_and_not_ready(self):
        with WebDaemon(["--init-load"]) as daemon:
            daemon.start()
            self.assertEqual(daemon.ask("GET", "/healthz").status, 200)
            answer = daemon.ask("GET", "/readyz")
            self.assertEqual((answer.status, answer.body), (503, b"loading\n"))


if __name__ == "__main__":
    unittest.main()
