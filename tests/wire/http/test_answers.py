#!/usr/bin/python3
"""HTTP answers what MessagePack answers, and refuses what two readers could read differently."""

import os
import sys
import time
import unittest
from urllib.parse import quote, urlencode

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import Refused, WebDaemon, note  # noqa: E402

LEAST = -9007199254740991
SEED = [note("第一号", "x/甲"), note("second"), note("third", "x/甲", data={"n": LEAST})]


def plain(value):
    """As JSON has it: bytes in hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(held) for key, held in value.items()}
    return [plain(held) for held in value] if isinstance(value, list) else value


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon().start()
        cls.client = cls.daemon.client()
        cls.client.call("hello", {"errors": "map"})
        cls.client.call("append", {"events": SEED})
        cls.web = cls.daemon.web()

    @classmethod
    def tearDownClass(cls):
        cls.web.close()
        cls.client.close()
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    def same(self, target, method, params):
        answer = self.web.ask("GET", target)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.json, plain(self.client.call(method, params)))
        return answer.json

    def problem(self, target, status, **members):
        answer = self.web.ask("GET", target)
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        self.assertEqual(answer.json["status"], status)
        self.assertEqual(answer.json["type"], "urn:accrue:problem:" + answer.json["code"])
        for name, value in members.items():
            self.assertEqual(answer.json[name], value, answer.json)
        return answer.json

    def test_answers_are_those_of_messagepack(self):
        for projection in self.client.call("status")["projections"]:
            self.same("/v1/query/" + projection["name"], "query",
                      {"projection": projection["name"]})
        self.same("/v1/query/outstanding?by=contract&as_of=2024-12-31&known_at=2&limit=5",
                  "query", {"projection": "outstanding", "as_of": "2024-12-31", "known_at": 2,
                            "limit": 5, "params": {"by": "contract"}})
        self.same("/v1/query/statistics?by=year&by=type&year=2024", "query",
                  {"projection": "statistics",
                   "params": {"by": ["year", "type"], "year": "2024"}})
        self.same("/v1/explain/outstanding?key=" + quote("合同/1"), "explain",
                  {"projection": "outstanding", "key": "合同/1"})
        self.same("/v1/read", "read", {})
        self.same("/v1/read?from=2&limit=1&reverse=false", "read", {"from": 2, "limit": 1})
        self.same("/v1/read?reverse=true&types=x.*,contract.*", "read",
                  {"reverse": True, "types": ["x.*", "contract.*"]})
        self.same("/v1/read?" + urlencode({"agg": "x/甲", "recorded": "2020-01-01.."}), "read",
                  {"agg": "x/甲", "recorded": {"from": "2020-01-01"}})
        self.same("/v1/get?seq=3", "get", {"seq": 3})
        found = self.same("/v1/get?id=" + quote("第一号"), "get", {"id": "第一号"})
        self.assertEqual(found["events"][0]["agg"], "x/甲")

    def test_integers_are_exact(self):
        body = self.web.ask("GET", "/v1/get?id=third").body
        self.assertIn(b'"data":{"n":-9007199254740991}', body)

    def test_status_and_ping(self):
        status = self.web.ask("GET", "/v1/status").json
        self.assertEqual(set(status), set(self.client.call("status")))
        self.assertEqual(status["state"], "ready")
        seconds = self.web.ask("GET", "/v1/ping").json["time"] / 1e6
        self.assertLess(abs(seconds - time.time()), 60)

    def test_the_list_of_projections(self):
        names = [each["name"] for each in self.web.ask("GET", "/v1/query").json["projections"]]
        known = [each["name"] for each in self.client.call("status")["projections"]]
        self.assertEqual(names, known)
        chinese = self.web.ask("GET", "/v1/query", headers={"Accept-Language": "zh-CN,en"}).json
        self.assertEqual([each["help"] for each in chinese["projections"]],
                         [each["help_zh"] for each in self.client.call("status")["projections"]])

    def test_the_list_names_the_parameters_that_a_question_may_have(self):
        for each in self.web.ask("GET", "/v1/query").json["projections"]:
            problem = self.problem(f"/v1/query/{each['name']}?x_none=1", 400, code="BAD_PARAMS")
            self.assertEqual(each["parameters"], problem["legal"], each["name"])

    def test_problems_say_what_the_method_says(self):
        with self.assertRaises(Refused) as told:
            self.client.call("query", {"projection": "outstanding", "params": {"by": "colour"}})
        problem = self.problem("/v1/query/outstanding?by=colour", 400, code="BAD_PARAMS",
                               field="by", detail=told.exception.error["message"], retry=False)
        self.assertEqual(problem["legal"], told.exception.error["legal"])
        self.problem("/v1/query/outstanding?colour=red", 400, field="colour")
        self.problem("/v1/query/nothing", 404, code="NOT_FOUND", field="projection")
        self.problem("/v1/get?seq=99", 404, code="NOT_FOUND", field="seq")
        self.problem("/v1/get?seq=0x1", 400, field="seq")
        self.problem("/v1/get?sequence=1", 400, field="sequence")
        self.problem("/v1/get?seq=1&seq=2", 400, field="seq")
        self.problem("/v1/read?reverse=perhaps", 400, field="reverse")
        self.problem("/v1/read?effective=2024", 400, field="effective")
        self.problem("/v1/query/outstanding?min_seq=99", 503, code="UNAVAILABLE", retry=True)
        soon = self.web.ask("GET", "/v1/query/outstanding?min_seq=99").headers["retry-after"]
        self.assertEqual(soon, "1")
        self.problem("/v1/query/outstanding?_deadline_ms=-1", 400, field="_deadline_ms")
        chinese = self.problem("/v1/get?seq=99&lang=zh", 404)
        self.assertEqual(chinese["title"], "未找到")
        self.problem("/v1/get?seq=99&lang=fr", 400, field="lang")

    def test_a_question_that_waited_past_its_deadline(self):
        """One that finds a reader free in the microsecond in which it comes is answered."""
        for target in ("/v1/query/outstanding", "/v1/read", "/v1/get?seq=1"):
            late = target + ("&" if "?" in target else "?") + "_deadline_ms=0"
            told = {self.web.ask("GET", late).status for _ in range(100)}
            self.assertIn(504, told, target)
            self.assertLessEqual(told, {200, 504}, target)
            self.assertEqual(self.web.ask("GET", target).status, 200)

    def test_paths_and_methods(self):
        self.problem("/nothing", 404, code="NOT_FOUND")
        self.problem("/v1/query/", 404)
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            refused = self.daemon.ask(method, "/v1/status", b"{}")
            self.assertEqual(refused.headers["connection"], "close")  # its body is not waited for
            refused = self.web.ask(method, "/v1/status")
            self.assertEqual(refused.headers["connection"], "keep-alive")
            self.assertEqual(refused.status, 405)
            self.assertEqual(refused.headers["allow"], "GET, HEAD")
        for target in ("/v1/status%00", "/v1/%ff", "/v1/get?id=%0a", "/v1/get?id=%2",
                       "/v1/get?id=%", "/v1/get?id=%zz", "/v1/get?" + "&".join(["id=1"] * 65)):
            self.problem(target, 400, code="BAD_REQUEST")

    def test_head_is_get_without_the_body(self):
        for target in ("/v1/get?seq=2", "/v1/get?seq=99", "/"):
            with self.daemon.web() as web:
                whole = web.ask("GET", target)
                head = web.ask("HEAD", target)
                self.assertEqual(head.status, whole.status)
                self.assertEqual(head.headers["content-length"], str(len(whole.body)))
                self.assertEqual(web.ask("GET", target).body, whole.body)

    def test_the_page(self):
        page = self.web.ask("GET", "/")
        self.assertEqual(page.status, 200)
        self.assertTrue(page.headers["content-security-policy"].startswith("default-src 'self'"))
        self.assertEqual(page.headers["x-content-type-options"], "nosniff")
        seen = self.web.ask("GET", "/", headers={"If-None-Match": page.headers["etag"]})
        self.assertEqual((seen.status, seen.body), (304, b""))
        again = self.web.ask("GET", "/", headers={"If-None-Match": 'W/"other"'})
        self.assertEqual(again.body, page.body)
        if page.headers.get("content-encoding") == "gzip":
            refused = self.web.ask("GET", "/", headers={"Accept-Encoding": "br"})
            self.assertEqual(refused.status, 406)

    def test_over_a_unix_socket(self):
        with self.daemon.web_unix() as web:
            self.assertEqual(web.ask("GET", "/v1/get?seq=2").json,
                             self.web.ask("GET", "/v1/get?seq=2").json)

    def test_requests_sent_at_once_are_answered_in_order(self):
        targets = [f"/v1/get?seq={seq}" for seq in (4, 1, 3, 99, 2)] * 20
        request = "GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with self.daemon.web() as web:
            web.send("".join(request.format(target) for target in targets).encode())
            for target in targets:
                answer = web.answer()
                seq = int(target.split("=")[1])
                self.assertEqual(answer.status, 404 if seq == 99 else 200)
                if seq != 99:
                    self.assertEqual(answer.json["events"][0]["seq"], seq)

    def test_the_connection_is_closed_when_asked(self):
        for request in ("GET /v1/ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        "GET /v1/ping HTTP/1.0\r\nHost: localhost\r\n\r\n"):
            with self.daemon.web() as web:
                web.send(request.encode())
                self.assertEqual(web.answer().headers["connection"], "close")
                self.assertTrue(web.is_closed())

    def test_byte_by_byte(self):
        with self.daemon.web() as web:
            for byte in b"GET /v1/get?seq=2 HTTP/1.1\r\nHost: localhost\r\n\r\n":
                web.send(bytes([byte]))
            self.assertEqual(web.answer().json["events"][0]["seq"], 2)


if __name__ == "__main__":
    unittest.main()
