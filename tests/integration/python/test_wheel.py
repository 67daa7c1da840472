#!/usr/bin/python3
"""The wheel that Debian's tools make, and the README's first example run with what is in it."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
import zipfile

import places
from accrued import Daemon, note

PACKAGE = os.path.join(places.SOURCE, "client", "python")


def run(*words, **more):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=100, **more)
    assert done.returncode == 0, (words, done.stdout)
    return done.stdout


class Wheel(unittest.TestCase):
    def test_it_is_built_and_works(self):
        with tempfile.TemporaryDirectory(prefix="accrue-wheel-") as place:
            source = os.path.join(place, "source")
            shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__", "build"))
            run(sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps",
                "--no-index", "-w", place, source)
            (wheel,) = glob.glob(os.path.join(place, "accrue-*-none-any.whl"))
            inside = os.path.join(place, "inside")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(inside)
            for name in ("py.typed", "aio.py", os.path.join("events", "payment.py")):
                self.assertTrue(os.path.exists(os.path.join(inside, "accrue", name)), name)
            with open(glob.glob(os.path.join(inside, "*.dist-info", "METADATA"))[0],
                      encoding="utf-8") as file:
                self.assertIn("Requires-Dist: msgpack", file.read())
            self.run_example(inside)

    def run_example(self, inside):
        with open(os.path.join(PACKAGE, "README.md"), encoding="utf-8") as file:
            blocking, asynchronous = re.findall(r"```python\n(.*?)```", file.read(), re.DOTALL)[:2]
        with Daemon(options=["--ephemeral"]).start() as daemon:
            def example(text):
                return run(sys.executable, "-c", text, cwd=inside,
                           env={**os.environ, "PYTHONPATH": inside})

            said = example(blocking.replace("/run/accrued.sock", daemon.socket))
            with daemon.client() as client:
                head = client.call("status")["head"]
            self.assertEqual(said, f"durable at seq {head}\n{head} ustb\n")
            begin, body = asynchronous.split("\n\n", 1)
            said = example(
                begin + "\nasync def main(events):\n" + textwrap.indent(body, "    ")
                .replace("tcp:127.0.0.1:7911", daemon.socket)
                + f"\nasyncio.run(main({[note('a'), note('b')]}))\n")
            self.assertEqual(said, f"{head + 1} a\n{head + 2} b\n")


if __name__ == "__main__":
    for module in ("pip", "setuptools", "wheel"):
        if subprocess.run([sys.executable, "-c", f"import {module}"],
                          stderr=subprocess.DEVNULL).returncode != 0:
            print(f"skipped: there is no {module}")
            sys.exit(77)
    unittest.main(verbosity=2)
