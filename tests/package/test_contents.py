"""What is in the packages: what each depends on, how programs were linked, what is where."""

import glob
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PACKAGES = sys.argv[1]
SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
NAMES = ("accrued", "accrue", "libaccrue0", "libaccrue-dev")


def run(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def package(name):
    found = glob.glob(os.path.join(PACKAGES, name + "_*.deb"))
    assert len(found) == 1, found
    return found[0]


class Contents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp(prefix="accrue-package-")
        cls.control = {}
        for name in NAMES:
            run("dpkg-deb", "-x", package(name), cls.root)
            control = os.path.join(cls.root, "control", name)
            os.makedirs(control)
            run("dpkg-deb", "-e", package(name), control)
            cls.control[name] = control

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def file(self, *parts):
        """The only file of this pattern."""
        found = glob.glob(os.path.join(self.root, *parts))
        self.assertEqual(len(found), 1, parts)
        return found[0]

    def field(self, name, field):
        return run("dpkg-deb", "-f", package(name), field).strip()

    def depends(self, name):
        return {part.split()[0] for part in self.field(name, "Depends").split(", ")}

    def test_four_and_no_more(self):
        self.assertEqual(sorted(os.path.basename(path).split("_")[0]
                                for path in glob.glob(os.path.join(PACKAGES, "*"))),
                         sorted(NAMES))

    def test_each_depends_on_what_it_links(self):
        self.assertEqual(self.depends("libaccrue0"), {"libc6"})
        self.assertEqual(self.depends("libaccrue-dev"), {"libaccrue0"})
        self.assertLessEqual({"libc6", "libinih1", "liblmdb0", "libssl3", "libuv1", "systemd"},
                             self.depends("accrued"))
        self.assertLessEqual({"libc6", "libjansson4", "libssl3"}, self.depends("accrue"))
        self.assertNotIn("libuv1", self.depends("accrue"))
        version = self.field("libaccrue0", "Version")
        self.assertEqual(self.field("libaccrue-dev", "Depends"), f"libaccrue0 (= {version})")
        with open(os.path.join(self.control["libaccrue0"], "shlibs"), encoding="utf-8") as file:
            self.assertEqual(file.read(), f"libaccrue 0 libaccrue0 (>= {version})\n")

    def test_programs_are_hardened_and_know_no_folder_of_the_build(self):
        for parts in (("usr/sbin/accrued",), ("usr/bin/accrue",),
                      ("usr/lib/*/libaccrue.so.0.*",)):
            path = self.file(*parts)
            dynamic = run("readelf", "-dW", path)
            headers = run("readelf", "-lhW", path)
            self.assertNotRegex(dynamic, "R(UN)?PATH")
            self.assertIn("NOW", dynamic)
            self.assertIn("GNU_RELRO", headers)
            self.assertRegex(headers, r"GNU_STACK.* RW ")
            self.assertRegex(headers, r"Type:\s+DYN")
            self.assertNotIn("SYMTAB ", run("readelf", "-SW", path))
            with open(path, "rb") as file:
                self.assertNotIn(SOURCE.encode() + b"/", file.read())
        self.assertRegex(run("readelf", "-dW", self.file("usr/lib/*/libaccrue.so.0.*")),
                         r"SONAME.*\[libaccrue\.so\.0\]")
        self.assertIn("__stack_chk_fail", run("nm", "-D", self.file("usr/sbin/accrued")))
        self.assertRegex(run("nm", "-D", self.file("usr/sbin/accrued")), r"_chk@")

    def test_configuration_is_the_administrators(self):
        with open(os.path.join(self.control["accrued"], "conffiles"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "/etc/accrued/accrued.conf\n")
        with open(self.file("usr/lib/systemd/system/accrued.service"), encoding="utf-8") as file:
            self.assertIn("ExecStart=/usr/sbin/accrued --config /etc/accrued/accrued.conf\n",
                          file.read())

    def test_manuals_name_only_pages_that_are_there(self):
        pages = {}
        for path in glob.glob(os.path.join(self.root, "usr/share/man/man*/*.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                pages[os.path.basename(path)[:-3]] = file.read()
        self.assertLessEqual({"accrue.1", "accrued.8", "accrued.conf.5", "libaccrue.3"},
                             set(pages))
        for page, text in pages.items():
            for name, section in re.findall(r"\\fB(accrue[\w.-]*|libaccrue)\\fR\((\d)\)", text):
                self.assertIn(f"{name}.{section}", pages, page)

    def test_every_package_has_licence_and_changes(self):
        for name in NAMES:
            for file in ("copyright", "changelog.gz", "changelog.Debian.gz"):
                self.file("usr/share/doc", name, file)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
