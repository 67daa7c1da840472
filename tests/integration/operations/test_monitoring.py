"""Prometheus and what it shows: rules with tests of their own, a dashboard of metrics that exist,
and a real Prometheus that scrapes a real daemon."""

import glob
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests/support"))
from accrued import Daemon, Refused, note, wait_until  # noqa: E402

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
RULES = os.path.join(SOURCE, "ops/prometheus/accrued.rules.yml")
CONFIG = os.path.join(SOURCE, "ops/prometheus/prometheus.yml")
DASHBOARD = os.path.join(SOURCE, "ops/grafana/accrued.json")
METRIC = re.compile(r"\b(?:accrued|process)_[a-z_]+\b")


def read(*parts):
    with open(os.path.join(SOURCE, *parts), encoding="utf-8") as file:
        return file.read()


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          stdin=subprocess.DEVNULL, encoding="utf-8")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def expressions():
    """Every expression of the dashboard, with its variables filled in."""
    with open(DASHBOARD, encoding="utf-8") as file:
        dashboard = json.load(file)
    found = [target["expr"] for panel in dashboard["panels"]
             for target in panel.get("targets", [])]
    found += [item["expr"] for item in dashboard["annotations"]["list"]]
    return [text.replace("$__rate_interval", "1m").replace("$job", "accrued")
            .replace("$instance", ".*") for text in found]


class Rules(unittest.TestCase):
    def test_promtool_accepts_rules_and_configuration(self):
        done = run("promtool", "check", "config", CONFIG)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"SUCCESS: \d\d rules found")

    def test_their_tests_pass(self):
        done = run("promtool", "test", "rules",
                   *glob.glob(os.path.join(SOURCE, "ops/prometheus/*.test.yml")))
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_each_alert_is_seen_to_fire_and_not_to(self):
        tests = "".join(read(path) for path in
                        glob.glob(os.path.join(SOURCE, "ops/prometheus/*.test.yml")))
        for name in re.findall(r"- alert: (\w+)", read(RULES)):
            self.assertRegex(tests, rf"alertname: {name}, exp_alerts: \[\]", name)
            self.assertRegex(tests, rf"alertname: {name}\n +exp_alerts:\n +- exp_labels", name)

    def test_each_alert_has_a_section_of_the_manual(self):
        alerts = re.findall(r"- alert: (\w+)\n(?:.*\n)*?          runbook: \"(.*)\"", read(RULES))
        self.assertEqual(len(alerts), read(RULES).count("- alert: "))
        for page in ("docs/operations.md", "docs/operations.zh-CN.md"):
            headings = re.findall(r"(?m)^### (Accrued\w+)$", read(page))
            self.assertEqual(headings, [name for name, _ in alerts], page)
        for name, runbook in alerts:
            self.assertEqual(runbook, "docs/operations.md#" + name.lower())


class Dashboard(unittest.TestCase):
    def test_panels_stand_beside_each_other(self):
        with open(DASHBOARD, encoding="utf-8") as file:
            dashboard = json.load(file)
        taken = set()
        for panel in dashboard["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                     for y in range(at["y"], at["y"] + at["h"])}
            self.assertFalse(cells & taken, panel["title"])
            self.assertLessEqual(at["x"] + at["w"], 24)
            taken |= cells
            self.assertTrue(panel["type"] == "row" or panel["description"], panel["title"])
            for target in panel.get("targets", []):
                self.assertEqual(target["datasource"]["uid"], "${datasource}")
        numbers = [panel["id"] for panel in dashboard["panels"]]
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertEqual([one["name"] for one in dashboard["templating"]["list"]],
                         ["datasource", "job", "instance"])


class Scrape(unittest.TestCase):
    """One daemon and one Prometheus for all."""

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="accrued-prometheus-")
        cls.daemon = Daemon(options=["--listen", "http:127.0.0.1:0"]).start()
        cls.http = int(re.search(r"socket=http:127\.0\.0\.1:(\d+)", cls.daemon.ready).group(1))
        with cls.daemon.client() as client:
            client.call("append", {"events": [note("n1"), note("n2")]})
            try:
                client.call("append", {"events": [note("n1", fill=1)]})
            except Refused:
                pass
            client.call("query", {"projection": "outstanding"})
        cls.port = free_port()
        config = read(CONFIG).replace("127.0.0.1:7180", f"127.0.0.1:{cls.http}")
        config = config.replace("15s", "250ms").replace("accrued.rules.yml", RULES)
        with open(os.path.join(cls.place, "prometheus.yml"), "w", encoding="utf-8") as file:
            file.write(config)
        with open(os.path.join(cls.place, "log"), "wb") as log:
            cls.prometheus = subprocess.Popen(
                ["prometheus", "--config.file", os.path.join(cls.place, "prometheus.yml"),
                 "--storage.tsdb.path", os.path.join(cls.place, "data"),
                 "--web.listen-address", f"127.0.0.1:{cls.port}"], stdout=log, stderr=log)
        assert wait_until(lambda: cls.value("up") == ["1"]), read(cls.place, "log")

    @classmethod
    def tearDownClass(cls):
        cls.prometheus.kill()
        cls.prometheus.wait()
        cls.daemon.remove()
        shutil.rmtree(cls.place)

    @classmethod
    def api(cls, path):
        try:
            answer = json.loads(fetch(cls.port, "/api/v1/" + path))
        except OSError:
            return None
        assert answer["status"] == "success", answer
        return answer["data"]

    @classmethod
    def value(cls, expression):
        data = cls.api("query?query=" + urllib.parse.quote(expression))
        return [one["value"][1] for one in data["result"]] if data is not None else None

    def test_1_every_metric_that_is_named_exists(self):
        told = set(re.findall(r"(?m)^# TYPE (\w+) ", fetch(self.http, "/metrics")))
        for name, text in [("rules", read(RULES))] + [(text, text) for text in expressions()]:
            named = {re.sub("_(bucket|sum|count)$", "", metric) if metric not in told else metric
                     for metric in METRIC.findall(text)}
            self.assertEqual(named - told, set(), name)

    def test_2_every_panel_is_answered(self):
        for expression in expressions():
            self.assertIsNotNone(self.value(expression), expression)
        self.assertEqual(self.value('accrued_append_requests_total{outcome="stored"}'), ["1"])
        self.assertEqual(self.value('accrued_append_requests_total{outcome="refused"}'), ["1"])
        self.assertEqual(self.value('sum(accrued_events_appended_total{type="x.*"})'), ["2"])
        self.assertEqual(self.value('accrued_state == 1'), ["1"])

    def test_3_no_rule_errs_and_no_alert_fires(self):
        def states():
            groups = (self.api("rules") or {"groups": []})["groups"]
            return [(rule["name"], rule["health"], rule["state"])
                    for group in groups for rule in group["rules"]]

        self.assertTrue(wait_until(lambda: states() and
                                   all(health == "ok" for _, health, _ in states())), states())
        self.assertEqual([one for one in states() if one[2] != "inactive"], [])

    def test_4_a_daemon_that_is_gone_is_noticed(self):
        self.daemon.kill()

        def pending():
            return [alert["labels"]["alertname"] for alert in self.api("alerts")["alerts"]
                    if alert["state"] == "pending"]

        self.assertTrue(wait_until(lambda: "AccruedDown" in pending()))


if __name__ == "__main__":
    for program in ("promtool", "prometheus"):
        if shutil.which(program) is None:
            print("skipped:", program, "is not installed")
            sys.exit(77)
    unittest.main()
