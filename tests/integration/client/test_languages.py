#!/usr/bin/python3
"""The examples in Python and Node, which use a MessagePack package and nothing of ours."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import Daemon  # noqa: E402

EXAMPLES = os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "client", "examples")


class Languages(unittest.TestCase):
    def run_both(self, program, directory, suffix):
        with Daemon(options=["--ephemeral"]).start() as daemon:
            with daemon.client() as client:
                head = client.call("status")["head"]

            def example(name, *words):
                return subprocess.run(program + [os.path.join(directory, name + suffix),
                                                 daemon.socket, *words], timeout=60,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

            done = example("append", "bkd")
            self.assertEqual(done.stdout, f"durable at seq {head + 1}\n", done.stderr)
            with daemon.client() as client:  # more than a tail's first credit
                client.call("append", {"events": [
                    {"id": f"n{i}", "type": "x.test.note", "agg": "x/test", "data": {}}
                    for i in range(600)]})
            done = example("tail", str(head + 601))
            lines = done.stdout.split("\n")
            self.assertEqual(lines[head], f"{head + 1} party.registered bkd", done.stderr)
            self.assertEqual([int(line.split()[0]) for line in lines[:-1]],
                             list(range(1, head + 602)))
            done = example("append", "bkd")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("E_EXISTS", done.stderr)

    def test_python(self):
        self.run_both(["/usr/bin/python3"], EXAMPLES, ".py")

    def test_node(self):
        if shutil.which("node") is None or shutil.which("npm") is None:
            self.skipTest("there is no node or no npm")
        with tempfile.TemporaryDirectory(prefix="accrued-test-") as directory:
            for name in ("package.json", "package-lock.json", "append.mjs", "tail.mjs"):
                shutil.copy(os.path.join(EXAMPLES, name), directory)
            done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
                                  cwd=directory, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=100)
            if done.returncode != 0 and any(word in done.stdout for word in (
                    "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "ETIMEDOUT", "ENETUNREACH")):
                self.skipTest("there is no npm registry")
            self.assertEqual(done.returncode, 0, done.stdout)
            self.run_both(["node"], directory, ".mjs")


if __name__ == "__main__":
    result = unittest.main(verbosity=2, exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if len(result.skipped) > 0 else 0)
