#!/usr/bin/python3
"""The OpenAPI document is whole, says what is answered, and takes what is taken."""

import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web import WebDaemon, note  # noqa: E402

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
TYPES = {"null": type(None), "boolean": bool, "integer": int, "string": str, "array": list,
         "object": dict}
KEYWORDS = {"$ref", "type", "title", "description", "properties", "required", "items", "enum",
            "const", "pattern", "patternProperties", "additionalProperties", "format", "minimum",
            "maximum", "minItems", "maxItems", "maxLength", "allOf", "anyOf", "oneOf"}


def accrue(*words):
    program = os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrue")
    return json.loads(subprocess.run([program, *words], check=True, capture_output=True).stdout)


class Document:
    """OpenAPI 3.1, as far as this one goes."""

    def __init__(self, root):
        self.root = root
        self.operations = {}

    def follow(self, node):
        if "$ref" not in node:
            return node
        assert set(node) == {"$ref"} and node["$ref"].startswith("#/"), node
        found = self.root
        for part in node["$ref"][2:].split("/"):
            found = found[part]
        return self.follow(found)

    def check(self):
        root = self.root
        assert root["openapi"] == "3.1.0" and set(root["info"]) >= {"title", "version"}
        for name, schema in root["components"]["schemas"].items():
            assert re.fullmatch(r"[A-Za-z0-9._-]+", name), name
            self.check_schema(schema)
        for path, item in root["paths"].items():
            assert path.startswith("/") and "{" not in path, path
            for method, operation in item.items():
                assert method in METHODS, method
                self.check_operation(path, operation)

    def check_operation(self, path, operation):
        name = operation["operationId"]
        assert re.fullmatch(r"[a-z_]+", name) and name not in self.operations, name
        self.operations[name] = path
        seen = set()
        for parameter in map(self.follow, operation["parameters"]):
            key = (parameter["in"], parameter["name"])
            assert key[0] in ("query", "header") and key not in seen, (path, key)
            assert parameter["description"] and isinstance(parameter["required"], bool), key
            seen.add(key)
            self.check_schema(parameter["schema"])
        assert set(operation["responses"]) == {"200", "4XX", "5XX"}
        bodies = list(map(self.follow, operation["responses"].values()))
        bodies += [self.follow(operation["requestBody"])] if "requestBody" in operation else []
        for body in bodies:
            assert body.get("description") or body is bodies[-1]
            for media in body["content"].values():
                self.check_schema(media["schema"])

    def check_schema(self, schema):
        assert set(schema) <= KEYWORDS, schema
        self.follow(schema)
        assert schema.get("type", "object") in TYPES, schema
        assert set(schema.get("required", [])) <= set(schema.get("properties", [])), schema
        re.compile(schema.get("pattern", ""))
        inner = [schema["items"]] if "items" in schema else []
        inner += schema.get("properties", {}).values()
        inner += schema.get("patternProperties", {}).values()
        for word in ("allOf", "anyOf", "oneOf"):
            inner += schema.get(word, [])
        for each in inner:
            self.check_schema(each)

    def takes(self, schema, value):
        """Is the value valid by the schema?"""
        schema = self.follow(schema)
        if "type" in schema and not (isinstance(value, TYPES[schema["type"]]) and
                                     (schema["type"] != "integer" or value is not True)):
            return False
        if value not in schema.get("enum", [value]) or value != schema.get("const", value):
            return False
        if isinstance(value, int) and not (schema.get("minimum", value) <= value <=
                                           schema.get("maximum", value)):
            return False
        if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
            return False
        if isinstance(value, list) and not all(self.takes(schema.get("items", {}), each)
                                               for each in value):
            return False
        if isinstance(value, dict) and not self.takes_object(schema, value):
            return False
        return (all(self.takes(each, value) for each in schema.get("allOf", [])) and
                sum(self.takes(each, value) for each in schema.get("oneOf", [])) ==
                ("oneOf" in schema) and
                ("anyOf" not in schema or
                 any(self.takes(each, value) for each in schema["anyOf"])))

    def takes_object(self, schema, value):
        known = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        return set(schema.get("required", [])) <= set(value) and all(
            self.takes(known[key], held) if key in known else
            any(re.search(pattern, key) for pattern in patterns) or
            schema.get("additionalProperties", True) for key, held in value.items())


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = WebDaemon().start()
        cls.web = cls.daemon.web()
        cls.document = Document(cls.web.ask("GET", "/v1/openapi.json").json)

    @classmethod
    def tearDownClass(cls):
        cls.web.close()
        assert cls.daemon.stop() == 0
        cls.daemon.remove()

    def test_it_is_whole(self):
        self.document.check()
        chinese = self.web.ask("GET", "/v1/openapi.json?lang=zh").json
        self.assertEqual(list(chinese["paths"]), list(self.document.root["paths"]))
        self.assertNotEqual(chinese, self.document.root)

    def test_every_method_that_reads_has_a_path(self):
        with self.daemon.client() as client:
            features = set(client.call("hello")["features"])
        paths = {path.strip("/").split("/")[1 if path.startswith("/v1/") else 0]
                 for path in self.document.root["paths"]}
        elsewhere = {"hello", "load", "load.end", "tail.credit", "tail.stop", "rebuild", "verify",
                     "job.status", "job.cancel"}
        self.assertEqual(features - paths, elsewhere)

    def test_every_path_is_answered(self):
        for path, item in self.document.root["paths"].items():
            if "get" not in item or path == "/v1/tail":
                continue
            target = path + ("?key=none" if path.startswith("/v1/explain/") else
                             "?seq=1" if path == "/v1/get" else "")
            answer = self.web.ask("GET", target)
            if path.startswith("/v1/explain/") and answer.status == 404:
                self.assertEqual(answer.json["field"], "key")
                continue
            self.assertEqual(answer.status, 200, (target, answer.body))
            content = item["get"]["responses"]["200"]["content"]
            media = answer.headers["content-type"].split(";")[0]
            self.assertIn(media, content)
            if media == "application/json":
                self.assertTrue(self.document.takes(content[media]["schema"], answer.json), path)

    def test_every_parameter_is_known(self):
        """An unknown one is told as such; what these hold is at most a wrong value."""
        for path, item in self.document.root["paths"].items():
            if not path.startswith(("/v1/query/", "/v1/read")):
                continue
            for parameter in map(self.document.follow, item["get"]["parameters"]):
                answer = self.web.ask("GET", f"{path}?{parameter['name']}=~")
                if answer.status != 200:
                    self.assertNotIn("(unknown)", answer.json["detail"], (path, parameter))
                    self.assertNotIn(parameter["name"], answer.json.get("legal", []))

    def test_the_examples_of_the_vocabulary(self):
        schema = self.document.root["components"]["schemas"]["EventIn"]
        types = [each["name"] for each in accrue("schema", "--json")["types"] if each["decided"]
                 and each.get("kind") != "system"]
        self.assertGreater(len(types), 80)
        for name in types[::7]:  # each is a process
            event = accrue("schema", name, "--example")
            self.assertTrue(self.document.takes(schema, event), event)
            self.assertFalse(self.document.takes(schema, {**event, "data": {"colour": 1}}), name)
            self.assertFalse(self.document.takes(schema, {**event, "type": "none." + name}))
        self.assertTrue(self.document.takes(schema, note("n")))

    def test_answers_of_append_and_problems(self):
        schemas = self.document.root["components"]["schemas"]
        stored = self.web.ask("POST", "/v1/append", {"events": [note("n")]})
        self.assertTrue(self.document.takes(schemas["Appended"], stored.json))
        problem = self.web.ask("POST", "/v1/append", {"events": [note("n", fill=1)]})
        self.assertTrue(self.document.takes(schemas["Problem"], problem.json))
        self.assertFalse(self.document.takes(schemas["Problem"], stored.json))

    def test_the_schema_is_that_of_the_command(self):
        self.assertEqual(self.web.ask("GET", "/v1/schema").json, accrue("schema", "--json"))


if __name__ == "__main__":
    unittest.main()
