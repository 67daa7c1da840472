#!/usr/bin/python3
"""What is not answered over HTTP, and how that is told."""

import json
import os
import socket
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import WebDaemon, note  # noqa: E402

FIRST = "POST /v1/append HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
SECOND = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"  # what a smuggler hides


class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon(["--http-host", "ledger.example"]).start()

    @classmethod
    def tearDownClass(cls):
        with cls.daemon.client() as client:
            assert client.call("status")["events"] == cls.events(), "something was stored"
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    @classmethod
    def events(cls):
        return 1


class Smuggling(Base):
    def refused(self, raw, status=400):
        """One answer, and nothing of what follows is read as a request."""
        with self.daemon.web() as web:
            web.send(raw if isinstance(raw, bytes) else raw.encode())
            answer = web.answer()
            self.assertEqual(answer.status, status, (raw, answer.body))
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertEqual(answer.headers["connection"], "close")
            web.socket.shutdown(socket.SHUT_WR)
            self.assertTrue(web.is_closed(), raw)
            return answer.json

    def test_two_lengths(self):
        chunks = "2\r\n{}\r\n0\r\n\r\n"
        length, coding = "Content-Length: 2\r\n", "Transfer-Encoding: chunked\r\n"
        self.refused(FIRST + length + coding + "\r\n" + chunks + SECOND)
        self.refused(FIRST + coding + length + "\r\n" + chunks + SECOND)
        self.refused(FIRST + length + length + "\r\n{}" + SECOND)
        self.refused(FIRST + length + "Content-Length: 3\r\n\r\n{} " + SECOND)
        self.refused(FIRST + coding + coding + "\r\n" + chunks + SECOND)
        self.refused(FIRST + "Content-Length: 2, 2\r\n\r\n{}" + SECOND)
        for wrong in ("+2", "-2", "0x2", "2 2", "", "two", "18446744073709551618"):
            self.refused(FIRST + f"Content-Length: {wrong}\r\n\r\n{{}}" + SECOND)

    def test_codings(self):
        chunks = "\r\n2\r\n{}\r\n0\r\n\r\n"
        for wrong in ("gzip, chunked", "identity", "xchunked", "chunked;q=1", ""):
            answer = self.refused_any(FIRST + f"Transfer-Encoding: {wrong}\r\n" + chunks + SECOND)
            self.assertIn(answer, (400, 501), wrong)
        old = FIRST.replace("HTTP/1.1", "HTTP/1.0")
        self.refused(old + "Transfer-Encoding: chunked\r\n" + chunks + SECOND)

    def refused_any(self, raw):
        with self.daemon.web() as web:
            web.send(raw.encode())
            status = web.answer().status
            web.socket.shutdown(socket.SHUT_WR)
            self.assertTrue(web.is_closed(), raw)
            return status

    def test_bad_chunks(self):
        for chunks in ("x\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\n{}\r\n0\r\n\r\n",
                       "2\r\n{}0\r\n\r\n", "2\r\n{} \r\n0\r\n\r\n", "\r\n0\r\n\r\n",
                       "ffffffffffffffffff\r\n{}", "0x2\r\n{}\r\n0\r\n\r\n",
                       "2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n", "2\r\n{}\r\n0\r\n\n",
                       "2\r\n{}\r\n0\n\r\n"):
            self.refused(FIRST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SECOND)

    def test_lines(self):
        get = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n"
        for raw in (get + "X: a\r\n b\r\n\r\n",  # goes on in the next line
                    get + "X: a\r\n\tb\r\n\r\n", get + "X: a\nY: b\r\n\r\n",
                    get + "X: a\rY: b\r\n\r\n", get + "X: a\0b\r\n\r\n", get + "X: a\x7fb\r\n\r\n",
                    get + "X : a\r\n\r\n", get + ": a\r\n\r\n", get + "X\r\n\r\n",
                    get + "Host: localhost\r\n\r\n", " " + get + "\r\n", "\r\n" + get + "\r\n",
                    "GET  /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET /v1/status  HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "get /v1/status HTTP/1.1\r\n\r\n",
                    "\x16\x03\x01\x02\x00\x01\x00", "\x94\x00\x01\xa4ping\x90"):
            self.refused(raw + SECOND)

    def test_versions_and_methods(self):
        self.refused("GET /v1/status HTTP/2.0\r\nHost: localhost\r\n\r\n", 505)
        self.refused("GET /v1/status HTTP/0.9\r\nHost: localhost\r\n\r\n", 505)
        self.refused("GET /v1/status\r\n\r\n", 505)
        self.refused("BREW /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n", 501)
        self.refused_any("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")

    def test_targets_that_are_no_path(self):
        for target in ("http://localhost/v1/status", "*", "localhost:80", "/v1/status#x"):
            with self.daemon.web() as web:
                web.send(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                self.assertEqual(web.answer().status, 400, target)

    def test_a_head_has_a_limit(self):
        self.refused("GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX: " + "x" * 8192, 431)
        self.refused("GET /" + "x" * 8192, 414)
        self.refused("GET /v1/status HTTP/1.1\r\n" + "X: y\r\n" * 2000, 431)
        with self.daemon.web() as web:
            self.assertEqual(web.ask("GET", "/v1/ping", headers={"X": "x" * 8000}).status, 200)


class Refusals(Base):
    def status(self, *request, **more):
        answer = self.daemon.ask(*request, **more)
        if answer.status >= 400 and request[0] != "HEAD":
            self.assertEqual(answer.json["status"], answer.status)
        return answer.status

    def test_hosts(self):
        known = ("localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080",
                 "ledger.example", "Ledger.Example:443")
        unknown = ("rebound.example", "localhost.rebound.example", "localhost.", "127.0.0.2", "",
                   "localhost:", "localhost:x", "::1", "ledger.example.", "user@localhost")
        for host in known:
            self.assertEqual(self.status("GET", "/v1/ping", headers={"Host": host}), 200, host)
        for host in unknown:
            for target in ("/v1/ping", "/"):
                self.assertEqual(self.status("GET", target, headers={"Host": host}), 421, host)
        self.assertEqual(self.status("GET", "/v1/ping", headers={"Host": None}), 400)

    def test_pages_of_other_sites_cannot_append(self):
        dry = {"events": [note("n")], "dry": True}
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""},
                        {"Origin": "http://localhost:1"}, {"Origin": "file://localhost"},
                        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}):
            self.assertEqual(self.status("POST", "/v1/append", dry, headers=headers), 403, headers)
        for headers in ({"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"},
                        {"Origin": "https://Localhost", "Sec-Fetch-Site": "none"},
                        {"Origin": "http://[::1]:8080", "Host": "[::1]:8080"}):
            self.assertEqual(self.status("POST", "/v1/append", dry, headers=headers), 200, headers)

    def test_bodies(self):
        events = {"events": [note("n")], "dry": True}
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "",
                     "multipart/form-data; boundary=x", None):
            self.assertEqual(
                self.status("POST", "/v1/append", events, headers={"Content-Type": kind}), 415)
        for kind in ("application/json", "Application/JSON; charset=utf-8", "application/json ;x"):
            self.assertEqual(
                self.status("POST", "/v1/append", events, headers={"Content-Type": kind}), 200)
        json_type = {"Content-Type": "application/json"}
        self.assertEqual(self.status("POST", "/v1/append", headers=json_type), 411)
        self.assertEqual(self.status("GET", "/v1/ping", b"{}"), 400)
        self.assertEqual(self.status("GET", "/v1/ping", headers={"Content-Length": "0"}), 200)
        self.assertEqual(self.status("GET", "/v1/append"), 405)
        allowed = self.daemon.ask("HEAD", "/v1/append").headers["allow"]
        self.assertEqual(allowed, "POST")

    def test_json_is_strict(self):
        for body in (b"", b"{", b"[]", b"3", b"null", b'{"events":[],}', b'{"events":[]} x',
                     b'{"events":[{"id":"a","id":"b"}]}', b"{'events':[]}", b'{"events":"\xff"}',
                     b'{"events":["\\ud800"]}', b'{"events":["\\u0000"]}', b"\xef\xbb\xbf{}",
                     b'{"events":[1.0]}', b'{"events":[1e3]}', b'{"events":[NaN]}',
                     b'{"events":[9223372036854775808]}', b'{"min_seq":9223372036854775807}',
                     b'{"events":[{"id":"a","type":"x.test.note","agg":"x/a","data":{"n":0.5}}]}',
                     b'{"events":[{"id":"a","type":"x.test.note","agg":"x/a","data":'
                     b'{"n":9007199254740992}}]}'):
            self.assertEqual(self.status("POST", "/v1/append", body), 400, body)
        told = self.daemon.ask("POST", "/v1/append", b'{"events":[],"dry":1.5}').json
        self.assertEqual(told["field"], "dry")
        self.assertIn("integer", told["detail"])

    def test_sizes(self):
        deep = b'{"events":' + b"[" * 40 + b"]" * 40 + b"}"
        wide = b'{"events":[' + b"0," * 600_000 + b"0]}"
        for body in (deep, wide):
            self.assertEqual(self.status("POST", "/v1/append", body), 413)
        with self.daemon.web() as web:
            web.send(f"{FIRST}Content-Length: {1 << 22}\r\n\r\n".encode())
            self.assertEqual(web.answer().status, 413)  # without waiting for any of it
        with self.daemon.web() as web:
            web.send(f"{FIRST}Transfer-Encoding: chunked\r\n\r\n".encode())
            try:
                for _ in range(80):
                    web.send(b"10000\r\n" + b" " * 65536 + b"\r\n")
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.assertEqual(web.answer().status, 413)

    def test_expectations(self):
        body = json.dumps({"events": [note("n")], "dry": True}).encode()
        head = f"{FIRST}Content-Length: {len(body)}\r\n"
        with self.daemon.web() as web:
            web.send((head + "Expect: 100-continue\r\n\r\n").encode())
            self.assertEqual(web.answer().status, 100)
            web.send(body)
            self.assertEqual(web.answer().status, 200)
        with self.daemon.web() as web:
            web.send((head + "Expect: a miracle\r\n\r\n").encode())
            self.assertEqual(web.answer().status, 417)
        with self.daemon.web() as web:
            refused = head.replace("application/json", "text/csv")
            web.send((refused + "Expect: 100-continue\r\n\r\n").encode())
            self.assertEqual(web.answer().status, 415)  # and no 100 before it

    def test_a_refusal_in_mid_request_can_be_read(self):
        """A close with bytes unread would reset the connection, and take the answer along."""
        with self.daemon.web() as web:
            web.send((FIRST.replace("json", "xml") + "Content-Length: 4000000\r\n\r\n").encode())
            for _ in range(8):
                web.send(b" " * 65536)
            time.sleep(0.05)
            self.assertEqual(web.answer().status, 415)

    def test_a_refusal_after_a_head_has_its_body(self):
        with self.daemon.web() as web:
            self.assertEqual(web.ask("HEAD", "/healthz").status, 200)
            web.send(b"GET  /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = web.answer()
            self.assertEqual((answer.status, answer.json["code"]), (400, "BAD_REQUEST"))

    def test_who_was_refused_and_stays_is_closed(self):
        """Whatever he still sends: over TCP and where no idle time ends it."""
        for connect in (self.daemon.web, self.daemon.web_unix):
            with connect() as web:
                web.send((FIRST.replace("json", "xml") + "Content-Length: 99\r\n\r\n").encode())
                self.assertEqual(web.answer().status, 415)
                began = time.monotonic()
                with self.assertRaises((BrokenPipeError, ConnectionResetError)):
                    while time.monotonic() - began < 20:
                        web.send(b" ")
                        time.sleep(0.1)
                self.assertGreater(time.monotonic() - began, 1)

    def test_a_request_that_does_not_come_to_its_end(self):
        """It costs its own connection, after ten seconds, and nobody else's time."""
        began = time.monotonic()
        with self.daemon.web() as in_head, self.daemon.web() as in_body, self.daemon.web() as web:
            in_head.send(SECOND[:-2].encode())
            in_body.send((FIRST + "Content-Length: 9\r\n\r\n{").encode())
            self.assertEqual(web.ask("GET", "/v1/status").status, 200)
            for slow in (in_head, in_body):
                answer = slow.answer()
                self.assertEqual((answer.status, answer.headers["connection"]), (408, "close"))
                slow.socket.shutdown(socket.SHUT_WR)
                self.assertTrue(slow.is_closed())
            self.assertGreater(time.monotonic() - began, 9)
            self.assertEqual(web.ask("GET", "/v1/status").status, 200)

    def test_a_half_closed_connection_is_answered(self):
        with self.daemon.web() as web:
            web.send((SECOND * 3).encode())
            web.socket.shutdown(socket.SHUT_WR)
            for _ in range(3):
                self.assertEqual(web.answer().status, 200)
            self.assertTrue(web.is_closed())


if __name__ == "__main__":
    unittest.main()
