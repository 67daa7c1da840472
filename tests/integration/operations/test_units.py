"""The units: systemd reads them without a word, finds little to attack, and lets the daemon do
what it does."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests/support"))
from accrued import Daemon, note, wait_until  # noqa: E402

SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
UNITS = os.path.join(SOURCE, "ops/systemd")
EXPOSURE = 15  # tenths, of ten: what is left is loopback, and peers' uids


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, encoding="utf-8", check=False)


def service():
    """The service's unit, as a build for /usr has it."""
    with open(os.path.join(UNITS, "accrued.service.in"), encoding="utf-8") as file:
        return (file.read().replace("@CMAKE_INSTALL_FULL_SBINDIR@", "/usr/sbin")
                .replace("@CMAKE_INSTALL_FULL_SYSCONFDIR@", "/etc"))


class Units(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="accrued-units-")
        self.addCleanup(shutil.rmtree, self.root)
        self.units = os.path.join(self.root, "usr/lib/systemd/system")
        os.makedirs(self.units)
        for name in ("accrued.socket", "accrued-http.socket"):
            shutil.copy(os.path.join(UNITS, name), self.units)
        with open(os.path.join(self.units, "accrued.service"), "w", encoding="utf-8") as file:
            file.write(service())
        # What they stand on: the system's own units, and a program at the place that is named.
        for name in os.listdir("/usr/lib/systemd/system"):
            if name.endswith((".target", ".slice")):
                shutil.copy(os.path.join("/usr/lib/systemd/system", name), self.units,
                            follow_symlinks=True)
        os.makedirs(os.path.join(self.root, "usr/sbin"))
        shutil.copy("/usr/bin/true", os.path.join(self.root, "usr/sbin/accrued"))

    def test_systemd_has_nothing_to_say(self):
        for name in ("accrued.service", "accrued.socket", "accrued-http.socket"):
            done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                       "--root=" + self.root, name)
            self.assertEqual((done.returncode, done.stdout), (0, ""), name)

    def test_what_it_would_say_of_a_mistake(self):
        with open(os.path.join(self.units, "accrued.service"), "a", encoding="utf-8") as file:
            file.write("[Service]\nProtectSystm=strict\n")
        done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                   "--root=" + self.root, "accrued.service")
        self.assertIn("ProtectSystm", done.stdout)

    def test_little_is_exposed(self):
        unit = os.path.join(self.units, "accrued.service")
        done = run("systemd-analyze", "security", "--offline=yes", f"--threshold={EXPOSURE}", unit)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Overall exposure level", done.stdout)

    def test_the_user_is_made(self):
        os.makedirs(os.path.join(self.root, "etc"))
        done = run("systemd-sysusers", "--root=" + self.root,
                   os.path.join(UNITS, "accrued.sysusers"))
        self.assertEqual(done.returncode, 0, done.stdout)
        with open(os.path.join(self.root, "etc/passwd"), encoding="utf-8") as file:
            self.assertRegex(file.read(), r"(?m)^accrued:x:\d+:\d+:Transaction log accrued:"
                                          r"/var/lib/accrued:/usr/sbin/nologin$")

    def test_sockets_are_where_the_configuration_has_them(self):
        with open(os.path.join(SOURCE, "ops/packaging/accrued.conf"), encoding="utf-8") as file:
            listens = set(re.findall(r"(?m)^#? ?listen = (\S+)$", file.read()))
        streams = set()
        for name, scheme in (("accrued.socket", "unix:"), ("accrued-http.socket", "http:")):
            with open(os.path.join(UNITS, name), encoding="utf-8") as file:
                streams |= {scheme + at
                            for at in re.findall("(?m)^ListenStream=(.*)$", file.read())}
        self.assertEqual(listens, streams)

    def text(self, path):
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def allowed(self):
        """The system calls that the unit's filter lets through."""
        words = re.findall("(?m)^SystemCallFilter=(.*)$", service())

        def members(group):
            found = set()
            for line in run("systemd-analyze", "syscall-filter", group).stdout.splitlines()[1:]:
                word = line.strip()
                if word.startswith("@"):
                    found |= members(word)
                elif word and not word.startswith("#"):
                    found.add(word)
            return found

        allowed = members("@default")  # in every list that allows
        for word in words:
            for group in word.lstrip("~").split():
                allowed = allowed - members(group) if word.startswith("~") \
                    else allowed | members(group)
        return allowed

    @unittest.skipUnless(shutil.which("strace"), "no strace here")
    def test_the_filter_lets_the_daemon_work(self):
        trace = os.path.join(self.root, "trace")
        with Daemon(before=["strace", "-D", "-f", "-q", "-o", trace, "-e", "signal=none"],
                    options=["--snapshot-events", "10", "--listen", "tcp:127.0.0.1:0"]) as daemon:
            daemon.start()
            with daemon.client() as client:
                for at in range(5):
                    client.call("append", {"events": [note(f"n{at}-{i}") for i in range(9)]})
                for method in ("verify", "rebuild"):
                    job = client.call(method)["job"]
                    self.assertTrue(wait_until(lambda job=job: client.call(
                        "job.status", {"job": job})["state"] == "done"))
                client.call("query", {"projection": "outstanding"})
            daemon.stop()
            self.assertTrue(wait_until(
                lambda: re.search(rf"(?m)^{daemon.process.pid} +\+\+\+ exited", self.text(trace))))
        called = set(re.findall(r"(?m)^\d+ +(\w+)\(", self.text(trace)))
        self.assertGreater(len(called), 40)
        self.assertIn("fdatasync", called)
        self.assertEqual(called - self.allowed(), set())


if __name__ == "__main__":
    for program in ("systemd-analyze", "systemd-sysusers"):
        if shutil.which(program) is None:
            print("skipped:", program, "is not installed")
            sys.exit(77)
    unittest.main()
