#!/usr/bin/python3
"""GET /v1/tail: the log as an event stream."""

import json
import os
import re
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import Closed, WebDaemon, note, wait_until  # noqa: E402


class Stream:
    def __init__(self, daemon, target, headers=(), web=None):
        self.web = web or daemon.web()
        lines = "".join(f"{name}: {value}\r\n" for name, value in dict(headers).items())
        self.web.send(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())

    def __enter__(self):
        self.status, self.headers = self.web.head()
        assert self.status == 200, self.status
        assert self.web.until(b"\n\n") == b"retry: 2000"
        return self

    def __exit__(self, *_):
        self.web.close()

    def next(self):
        """(event, id, data) of the next event; comments are passed over."""
        while True:
            lines = self.web.until(b"\n\n").decode().split("\n")
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if fields:
                return fields["event"], fields.get("id"), json.loads(fields["data"])

    def seqs(self, count):
        found = []
        while len(found) < count:
            event, name, data = self.next()
            assert event in ("event", "live"), event
            if event == "event":
                assert int(name) == data["seq"], (name, data)
                found.append(data["seq"])
        return found


class Tail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon(["--config", "idle.conf"])
        config = os.path.join(cls.daemon.directory, "idle.conf")
        with open(config, "w", encoding="ascii") as file:
            file.write("[net]\ntcp_idle = 1\n")  # and so a sign of life every half second
        cls.daemon.options[cls.daemon.options.index("idle.conf")] = config
        cls.daemon.start()
        cls.client = cls.daemon.client()
        cls.client.call("append", {"events": [note(f"n{i}", "x/even" if i % 2 == 0 else "x/odd")
                                              for i in range(2, 2002)][:1000]})
        cls.client.call("append", {"events": [note(f"m{i}") for i in range(1000)]})

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    def test_everything_then_live_then_what_comes(self):
        head = self.client.call("status")["head"]
        with Stream(self.daemon, "/v1/tail") as stream:
            self.assertEqual(stream.headers["content-type"], "text/event-stream")
            self.assertEqual(stream.headers["cache-control"], "no-store")
            self.assertNotIn("content-length", stream.headers)
            self.assertEqual(stream.seqs(head), list(range(1, head + 1)))
            self.assertEqual(stream.next(), ("live", str(head), {"head": head}))
            self.client.call("append", {"events": [note("live"), note("live too")]})
            got = stream.next()
            self.assertEqual(got[2]["id"], "live")
            wanted = self.daemon.ask("GET", f"/v1/get?seq={head + 1}").json["events"][0]
            self.assertEqual(got[2], wanted)
            self.assertEqual(stream.next()[2]["id"], "live too")

    def test_it_goes_on_after_the_last_event_seen(self):
        with Stream(self.daemon, "/v1/tail?from=1", {"Last-Event-ID": "1500"}) as stream:
            self.assertEqual(stream.seqs(20), list(range(1501, 1521)))
        with Stream(self.daemon, "/v1/tail?from=700") as stream:
            self.assertEqual(stream.seqs(2), [700, 701])
        head = self.client.call("status")["head"]
        for target in ("/v1/tail?from=head", f"/v1/tail?from={head + 1}"):
            with Stream(self.daemon, target) as stream:
                self.assertEqual(stream.next()[:2], ("live", str(head)))
        with Stream(self.daemon, "/v1/tail", {"Last-Event-ID": str(head)}) as stream:
            self.assertEqual(stream.next()[:2], ("live", str(head)))

    def test_filters(self):
        with Stream(self.daemon, "/v1/tail?agg=x/odd&types=x.*,contract.*") as stream:
            odd = stream.seqs(500)
            self.assertEqual(odd, [seq for seq in range(2, 1002) if seq % 2 == 1])
            self.assertEqual(stream.next()[0], "live")
        with Stream(self.daemon, "/v1/tail?types=system.*") as stream:
            self.assertEqual(stream.seqs(1), [1])
            event, name, _ = stream.next()
            self.assertEqual(event, "live")
            self.assertGreater(int(name), 2000)  # what the filter passed over is not asked again

    def test_what_is_wrong_is_told_before_it_begins(self):
        for target, headers, field in (("/v1/tail?from=last", {}, "from"),
                                       ("/v1/tail?colour=red", {}, "colour"),
                                       ("/v1/tail", {"Last-Event-ID": "x"}, "Last-Event-ID")):
            answer = self.daemon.ask("GET", target, headers=headers)
            self.assertEqual((answer.status, answer.json["field"]), (400, field))
        self.assertEqual(self.daemon.ask("HEAD", "/v1/tail").headers["allow"], "GET")

    def test_a_sign_of_life(self):
        with Stream(self.daemon, "/v1/tail?from=head") as stream:
            self.assertEqual(stream.next()[0], "live")
            for _ in range(3):  # longer than the connection may be idle
                self.assertEqual(stream.web.until(b"\n\n"), b":")

    def lag(self):
        text = self.daemon.ask("GET", "/metrics").body.decode()
        return int(re.search(r"^accrued_subscriber_lag_events (\d+)$", text, re.M)[1])

    def test_who_does_not_read_costs_what_a_credit_comes_to(self):
        head = self.client.call("status")["head"]
        # A Unix socket holds a fixed amount, some hundred of these; they are less than an outbox
        # takes, so it is the credit that holds the rest back.
        with Stream(self.daemon, f"/v1/tail?from={head + 1}", web=self.daemon.web_unix()) as slow:
            for i in range(4):
                self.client.call("append", {"events": [note(f"small-{i}-{k}")
                                                       for k in range(1000)]})
            for _ in range(20):
                self.daemon.ask("GET", "/v1/ping")
            self.assertGreater(self.lag(), 1000)
            self.assertEqual(slow.seqs(4000), list(range(head + 1, head + 4001)))
            self.assertTrue(wait_until(lambda: self.lag() == 0))

    def test_who_does_not_read_costs_little_memory(self):
        with Stream(self.daemon, "/v1/tail") as slow:
            first = slow.seqs(1)
            for i in range(10):
                self.client.call("append", {"events": [note(f"big-{i}-{k}", fill=10000)
                                                       for k in range(100)]})
            for _ in range(20):
                self.daemon.ask("GET", "/v1/ping")
            self.assertLess(self.memory(), 160_000)
            head = self.client.call("status")["head"]
            self.assertEqual(first + slow.seqs(head - 1), list(range(1, head + 1)))

    def memory(self):
        """Resident KiB of the daemon."""
        with open(f"/proc/{self.daemon.process.pid}/status", encoding="ascii") as file:
            return int(next(line for line in file if line.startswith("VmRSS")).split()[1])

    def test_it_ends_with_its_reader(self):
        def tails():
            return self.client.call("status")["tails"]
        self.assertTrue(wait_until(lambda: tails() == 0))
        with Stream(self.daemon, "/v1/tail?from=head") as stream:
            stream.next()
            self.assertEqual(tails(), 1)
        self.assertTrue(wait_until(lambda: tails() == 0))

    def test_what_is_sent_behind_it_is_not_read(self):
        with Stream(self.daemon, "/v1/tail?from=head") as stream:
            stream.next()
            stream.web.send(b"GET /v1/ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.client.call("append", {"events": [note(f"behind-{time.monotonic_ns()}")]})
            self.assertEqual(stream.next()[0], "event")

    def test_a_stop_ends_it(self):
        with WebDaemon() as daemon:
            daemon.start()
            with Stream(daemon, "/v1/tail") as stream:
                stream.next()
                self.assertEqual(daemon.stop(), 0)
                with self.assertRaises(Closed):
                    while True:
                        stream.web.more()


if __name__ == "__main__":
    unittest.main()
