#!/usr/bin/python3
"""Operations and the command itself: load, status, rebuild, verify, schema, help, completion."""

import json
import os
import subprocess
import unittest

from desk import ACCRUE, Desk, History, accrue, ndjson, party


class Operations(History):
    def test_status(self):
        status = self.run_json("status")
        self.assertEqual(status["state"], "ready")
        self.assertEqual(len(status["log_id"]), 32)
        out = self.run_it("status", lang="zh")
        self.assertIn("最新序号", out)
        self.assertIn("正常", out)
        self.assertIn("日志巡检", out)

    def test_rebuild(self):
        state = self.run_json("rebuild", "--all")
        self.assertTrue(state["equal"])
        self.assertEqual(set(state["digests"]), {one["name"] for one in
                                                 self.run_json("query", "--list")["projections"]})
        out = self.run_it("rebuild", "outstanding", "--to", "20")
        self.assertIn("equal to live", out)
        self.assertEqual(self.err, "", "no bar where there is no terminal")
        self.run_it("rebuild", "nothing", code=3)
        self.run_it("rebuild", "match", "--all", code=2)

    def test_verify(self):
        self.assertEqual(self.run_json("verify")["state"], "done")
        self.assertIn("every byte", self.run_it("verify"))

    def test_loading_is_over(self):
        self.assertEqual(self.run_json("load", self.history)["dups"], self.count)
        late = party("late", id="late", recorded="2024-01-01T00:00:00Z")
        self.run_it("load", given=ndjson(late), code=6)
        self.assertIn("READ_ONLY", self.err)


class Rot(Desk):
    def test_a_flipped_bit_is_not_verified(self):
        mark = "a-name-to-be-found-again"
        self.run_it("append", given=ndjson(party(mark)))
        self.run_it("verify")
        path = os.path.join(self.daemon.data, "data.mdb")
        with open(path, "r+b") as file:
            # What the log holds of it lies behind pages of older states: all of them rot.
            data = file.read()
            at = data.find(mark.encode())
            self.assertGreater(at, 0)
            while at >= 0:
                file.seek(at)
                file.write(bytes([data[at] ^ 1]))
                at = data.find(mark.encode(), at + 1)
        self.run_it("verify", code=8)
        self.assertIn("CORRUPT", self.err)
        self.assertIn("seqs=", self.err)
        failed = self.run_json("verify", code=8)
        self.assertEqual((failed["state"], failed["code"]), ("failed", "CORRUPT"))
        self.run_it("history", "party/" + mark, code=8)
        self.assertEqual(self.daemon.stop(), 75)


class Load(Desk):
    options = ("--init-load",)

    def test_load_names_the_line_and_goes_on_later(self):
        self.run_it("append", given=ndjson(party("a")), code=6)
        self.assertIn("READ_ONLY", self.err)
        lines = [party("l%d" % i, id="l%d" % i, recorded="2024-01-01T00:00:%02dZ" % (i % 60))
                 for i in range(1200)]
        lines = [{**line, "recorded": "2024-01-01T00:%02d:%02d.5+08:00" % (i // 60, i % 60)}
                 for i, line in enumerate(lines)]
        lines[900] = {**lines[900], "agg": "a b"}
        self.run_it("load", given=ndjson(*lines), code=4)
        self.assertIn("line 901: E_BAD_FIELD", self.err)
        lines[900]["agg"] = "l900"
        told = self.run_json("load", given=ndjson(*lines))
        self.assertEqual(told["events"] + told["dups"], 1200)
        self.run_it("load", "--end")
        self.run_it("append", given=ndjson(party("b")))
        first = self.run_json("get", "l0")
        self.assertEqual(first["recorded"], 1704038400500000)


class LoadedText(Desk):
    """The quick way from JSON to MessagePack says what Python's json says."""

    options = ("--init-load",)

    def load(self, *lines, code=0):
        head = ('{"recorded":"2024-01-01T00:00:00Z","id":"p","type":"party.registered","agg":"p",'
                '"data":{"name":"p","kind":"institute"}}')
        return self.run_it("load", given="\n".join((head,) + lines) + "\n", code=code)

    def test_values(self):
        values = (r'"a\"b\\c\/d\u00e9\u6280\ud83d\ude00"', '"技术"', '""', '[]', '{}', '-1', '0',
                  '123456789012345', '9007199254740991', '-9007199254740991', '1.0', '2e3', 'true',
                  'false', 'null', '[1,[2,{"k":[]}]]', '{ "b" : 1 , "a" : [ 1 , 2 ] }',
                  '"' + "x" * 9000 + '"', "{" + ",".join('"k%03d":1' % i for i in range(70)) + "}")
        line = '{"id":"v%d","type":"x.t.v","agg":"x/v","recorded":1704067201000000,"data":{"v":%s}}'
        self.load(*(line % (i, value) for i, value in enumerate(values)))
        for i, value in enumerate(values):
            got = self.run_json("get", "v%d" % i)["data"]
            self.assertEqual(got, {"v": json.loads(value)}, value)

    def test_what_is_refused(self):
        line = '{"id":"r","type":"x.t.r","agg":"x/r","recorded":1704067202000000,"data":%s}'
        for data in ('{"a":1,"a":2}', '{"a":0.5}', '{"a":01}', r'{"a":"\ud800"}', '{"a":"\x01"}',
                     '{"a":1}}', '{"a":99999999999999999999}', r'{"a":"\u0000"}', '{a:1}', '{"a":}',
                     "[" * 40 + "]" * 40):
            self.load(line % data, code=4)
            self.assertIn("line 2: ", self.err, data)


class Itself(unittest.TestCase):
    def test_schema_needs_no_daemon(self):
        code, out, _ = accrue("schema", "--json")
        self.assertEqual(code, 0)
        types = json.loads(out)["types"]
        self.assertIn("contract.signed", [one["name"] for one in types])
        code, out, _ = accrue("schema", "contract.signed", lang="zh")
        self.assertEqual(code, 0)
        self.assertIn("contract.signed  签订", out)
        self.assertIn("list of ObligationTerm", out)
        self.assertEqual(accrue("schema", "ObligationTerm")[0], 0)
        self.assertEqual(accrue("schema", "no.such")[0], 3)
        self.assertEqual(accrue("schema", "--example")[0], 2)

    def test_examples_are_events(self):
        types = json.loads(accrue("schema", "--json")[1])["types"]
        for one in types:
            code, out, _ = accrue("schema", one["name"], "--example")
            self.assertEqual(code, 0, one["name"])
            self.assertEqual(json.loads(out)["type"], one["name"])

    def test_help_everywhere(self):
        for lang in ("en", "zh"):
            code, out, _ = accrue("--help", lang=lang)
            self.assertEqual(code, 0)
            names = [line.split()[0] for line in out.splitlines()
                     if line.startswith("  ") and line.split()[0].isalpha()]
            for name in ("append load tail get history show find outstanding stats query explain "
                         "rebuild status verify schema completion agenda findings "
                         "receipts late doc close sample").split():
                self.assertIn(name, names)
                code, text, _ = accrue(name, "--help", lang=lang)
                self.assertEqual(code, 0)
                self.assertIn("--json", text)
        self.assertIn("用法", accrue("tail", "--help", lang="zh")[1])
        own = accrue("tail", "--help", "--lang", "zh")[1]
        self.assertIn("用法", own, "the option may stand behind")

    def test_usage(self):
        for words in ((), ("nothing",), ("tail", "--colour"), ("get",), ("get", "1", "2"),
                      ("tail", "--limit"), ("tail", "--lang", "fr"), ("tail", "--timeout", "x"),
                      ("outstanding", "--csv", "--json"), ("append", "--csv"),
                      ("completion", "csh")):
            code, out, err = accrue(*words)
            self.assertEqual(code, 2, words)
            self.assertTrue(out == "" or words == ())
            self.assertTrue(err != "" or words == (), words)

    def test_the_language_of_the_locale(self):
        environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8"}
        out = subprocess.run([ACCRUE, "--help"], env=environment, stdout=subprocess.PIPE,
                             encoding="utf-8", check=True).stdout
        self.assertIn("用法", out)

    def test_completion(self):
        for shell in ("bash", "zsh", "fish"):
            code, out, _ = accrue("completion", shell)
            self.assertEqual(code, 0)
            self.assertIn("outstanding", out)
            self.assertIn("id-from-content", out)
        script = accrue("completion", "bash")[1]
        ask = script + """
            complete_it() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _accrue
                printf '%s ' "${COMPREPLY[@]}"; echo; }
            complete_it accrue out
            complete_it accrue --lang zh outstanding --buck
            complete_it accrue stats --basis r
            complete_it accrue completion z
        """
        done = subprocess.run(["bash", "-c", ask], stdout=subprocess.PIPE, encoding="utf-8",
                              check=True)
        self.assertEqual(done.stdout.split(), ["outstanding", "--buckets", "restated", "received",
                                               "zsh"])

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([ACCRUE, "schema"], stdout=full, stderr=subprocess.PIPE,
                                  check=False)
        self.assertEqual(done.returncode, 1)

    def test_addresses(self):
        self.assertEqual(accrue("status", url="tcp:localhost:1")[0], 2, "numeric ones only")
        self.assertEqual(accrue("status", "--url", "tcp:127.0.0.1:1")[0], 6)
        self.assertEqual(accrue("status", "--socket", "/nowhere/s")[0], 6)


if __name__ == "__main__":
    unittest.main()
