#!/usr/bin/python3
"""libaccrue as it is installed: what it exports, and programs that find it by CMake and pkg-config.

Skipped in an instrumented build, whose library needs the sanitizer's run-time in every program.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
BUILD = os.path.dirname(os.environ["ACCRUE_BIN_DIR"])
LIBRARY = os.path.join(os.environ["ACCRUE_LIB_DIR"], "libaccrue.so")

CONSUMER = """\
cmake_minimum_required(VERSION 3.25)
project(consumer C)
find_package(accrue 0.1 REQUIRED)
add_executable(consumer append.c)
target_link_libraries(consumer PRIVATE accrue::accrue)
add_executable(consumer_static append.c)
target_link_libraries(consumer_static PRIVATE accrue::accrue_static)
"""


def run(*words, directory=None, environment=None):
    done = subprocess.run(words, cwd=directory, env={**os.environ, **(environment or {})},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                          check=False)
    if done.returncode != 0:
        raise AssertionError("%s: %s" % (words, done.stdout))
    return done.stdout


def symbols(*options):
    out = run("nm", "-D", *options, LIBRARY)
    return [line.split() for line in out.splitlines() if line]


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="accrue-installed-")
        cls.prefix = os.path.join(cls.place, "prefix")
        run("cmake", "--install", os.path.join(BUILD, "client"), "--prefix", cls.prefix)
        cls.lib = next(root for root, _, files in os.walk(cls.prefix) if "libaccrue.so" in files)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place, ignore_errors=True)

    def example(self, name):
        return os.path.join(SOURCE, "client", "examples", name)

    def runs(self, program):
        """It starts, and says that nobody is there."""
        done = subprocess.run([program, os.path.join(self.place, "none")], stderr=subprocess.PIPE,
                              env={**os.environ, "LD_LIBRARY_PATH": self.lib}, encoding="utf-8",
                              check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("UNAVAILABLE", done.stderr)

    def test_exports_nothing_else(self):
        names = [words[-1].split("@")[0] for words in symbols("--defined-only")]
        self.assertGreater(len(names), 30)
        self.assertEqual([name for name in names if not name.startswith("accrue_")
                          and name != "ACCRUE_0"], [])

    def test_find_package(self):
        source = os.path.join(self.place, "cmake")
        os.mkdir(source)
        with open(os.path.join(source, "CMakeLists.txt"), "w", encoding="utf-8") as file:
            file.write(CONSUMER)
        shutil.copy(self.example("append.c"), source)
        run("cmake", "-S", source, "-B", source + "/b", "-DCMAKE_PREFIX_PATH=" + self.prefix)
        run("cmake", "--build", source + "/b")
        self.runs(source + "/b/consumer")
        self.runs(source + "/b/consumer_static")

    def test_pkg_config(self):
        environment = {"PKG_CONFIG_PATH": os.path.join(self.lib, "pkgconfig")}
        flags = run("pkg-config", "--cflags", "--libs", "accrue", environment=environment).split()
        program = os.path.join(self.place, "by-pkg-config")
        run("cc", "-std=c99", "-Wall", "-Wextra", "-Werror", self.example("tail.c"), "-o", program,
            *flags)
        self.runs(program)

    def test_headers_are_cplusplus_too(self):
        if shutil.which("c++") is None:
            self.skipTest("there is no C++ compiler")
        include = os.path.join(self.prefix, "include")
        for name in ("accrue.h", "accrue_sync.h", "accrue_uv.h"):
            source = os.path.join(self.place, name + ".cpp")
            with open(source, "w", encoding="utf-8") as file:
                file.write("#include <accrue/%s>\nint main() { return 0; }\n" % name)
            run("c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I" + include,
                source)

    def test_headers_stand_alone(self):
        include = os.path.join(self.prefix, "include")
        for name in ("accrue.h", "accrue_sync.h", "accrue_uv.h", "status_list.h"):
            source = os.path.join(self.place, name + ".c")
            with open(source, "w", encoding="utf-8") as file:
                file.write("#include <accrue/%s>\nint main(void) { return 0; }\n" % name)
            run("cc", "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror",
                "-fsyntax-only", "-I" + include, source)


if __name__ == "__main__":
    if any("san_" in words[-1] for words in symbols("--undefined-only")):
        print("skipped: the library is instrumented")
        sys.exit(77)
    unittest.main()
