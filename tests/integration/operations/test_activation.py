"""Sockets that a service manager made: taken, refused, and left where they are."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests/support"))
from accrued import PATIENCE, Client, note, program, wait_until  # noqa: E402

# Becomes the program with the sockets from descriptor 3 on, as a service manager would start it.
START = """
import fcntl, os, sys
names, pid, count, fds, command = eval(sys.argv[1])
high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 100) for fd in fds]
for at, fd in enumerate(high):
    os.dup2(fd, 3 + at)
os.closerange(3 + len(high), 200)
os.environ["LISTEN_PID"] = pid or str(os.getpid())
os.environ["LISTEN_FDS"] = count or str(len(fds))
if names is not None:
    os.environ["LISTEN_FDNAMES"] = names
os.execv(command[0], command)
"""


class Manager:
    """Makes sockets, starts the daemon on them, and keeps them open."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="accrued-test-")
        self.path = os.path.join(self.directory, "s")
        self.errors = os.path.join(self.directory, "stderr")
        self.sockets = []
        self.process = None

    def unix(self, path=None, kind=socket.SOCK_STREAM):
        made = socket.socket(socket.AF_UNIX, kind)
        made.bind(self.path if path is None else path)
        self.sockets.append(made)
        return made

    def tcp(self, host="127.0.0.1", family=socket.AF_INET):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.bind((host, 0))
        made.listen()
        self.sockets.append(made)
        return made

    def start(self, names="rpc", pid=None, count=None, options=()):
        fds = [made.fileno() for made in self.sockets]
        command = [program(), "--data", os.path.join(self.directory, "data"), *options]
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, repr((names, pid, count, fds, command))],
                pass_fds=fds, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)

    def said(self):
        with open(self.errors, encoding="utf-8") as file:
            return file.read()

    def await_ready(self):
        assert wait_until(lambda: "msg=ready" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def refused(self, **how):
        self.start(**how)
        return self.process.wait(PATIENCE), self.said()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def remove(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for made in self.sockets:
            made.close()
        shutil.rmtree(self.directory)


class Activation(unittest.TestCase):
    def setUp(self):
        self.manager = Manager()
        self.addCleanup(self.manager.remove)

    def test_a_unix_and_a_tcp_socket_are_served(self):
        manager = self.manager
        manager.unix().listen()
        port = manager.tcp().getsockname()[1]
        manager.start("rpc:rpc")
        manager.await_ready()
        self.assertIn(f"socket=unix:{manager.path} socket=tcp:127.0.0.1:{port} ", manager.said())
        with Client(manager.path) as client:
            result = client.call("append", {"events": [note("n1")]})
            self.assertEqual(client.call("hello")["identity"], f"uid:{os.geteuid()}")
        with Client(("127.0.0.1", port), socket.AF_INET) as client:
            self.assertEqual(client.call("get", {"id": "n1"})["events"][0]["seq"], result["last"])

    def test_one_named_http_speaks_http(self):
        manager = self.manager
        port = manager.tcp().getsockname()[1]
        manager.unix().listen()
        manager.start("http:rpc", options=["--listen", f"http:127.0.0.1:{port}"])
        manager.await_ready()
        self.assertIn(f"socket=http:127.0.0.1:{port} socket=unix:{manager.path} data=",
                      manager.said())
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/ping", timeout=PATIENCE)
        self.assertEqual(list(json.load(answer)), ["time"])

    def test_without_names_they_are_rpc_and_ipv6_is_as_good(self):
        made = self.manager.tcp("::1", socket.AF_INET6)
        self.manager.start(names=None)
        self.manager.await_ready()
        with Client(made.getsockname()[:2], socket.AF_INET6) as client:
            client.call("ping")

    def test_who_connects_while_nobody_runs_is_answered_by_the_next(self):
        manager = self.manager
        manager.unix().listen()
        manager.start()
        manager.await_ready()
        self.assertEqual(manager.stop(), 0)
        self.assertTrue(os.path.exists(manager.path))
        self.assertFalse(os.path.exists(manager.path + ".lock"))
        with Client(manager.path) as client:
            sent = client.request("append", {"events": [note("waited")]})
            manager.start()
            self.assertEqual(client.answer()[:2], [sent, None])

    def test_a_configured_address_that_was_handed_over_is_not_bound_again(self):
        manager = self.manager
        manager.unix().listen()
        other = manager.path + ".2"
        manager.start(options=["--listen", "unix:" + manager.path, "--listen", "unix:" + other])
        manager.await_ready()
        self.assertIn(f"socket=unix:{manager.path} socket=unix:{other} data=", manager.said())
        for path in (manager.path, other):
            with Client(path) as client:
                client.call("ping")
        manager.stop()
        self.assertTrue(os.path.exists(manager.path))
        self.assertFalse(os.path.exists(other))

    def test_none_of_it_goes_to_children(self):
        manager = self.manager
        manager.unix().listen()
        manager.start()
        manager.await_ready()
        with Client(manager.path) as client:
            job = client.call("verify")["job"]
            self.assertTrue(wait_until(
                lambda: client.call("job.status", {"job": job})["state"] == "done"))
        # A child that still had the variables would have said that they are its parent's.
        self.assertNotIn("sockets of another process", manager.said())

    def test_sockets_of_another_process_are_not_ours(self):
        manager = self.manager
        manager.unix().listen()
        manager.start(pid="1", options=["--listen", "unix:" + manager.path + ".own"])
        manager.await_ready()
        self.assertIn('msg="sockets of another process are not used" listen_pid=1',
                      manager.said())
        self.assertNotIn(f"socket=unix:{manager.path} ", manager.said())

    def refuse(self, status, words, **how):
        got, said = self.manager.refused(**how)
        self.assertEqual(got, status, said)
        for word in words:
            self.assertIn(word, said)

    def test_what_the_variables_cannot_mean_is_refused(self):
        self.manager.unix().listen()
        self.refuse(2, ["field=LISTEN_PID"], pid="one")
        self.refuse(2, ["field=LISTEN_FDS", "at most 8"], count="x")
        self.refuse(2, ["field=LISTEN_FDS", "at most 8"], count="9")
        self.refuse(2, ["field=LISTEN_FDS", "2 sockets from descriptor 3 on, but 4 is not open"],
                    count="2", names=None)
        self.refuse(2, ["field=LISTEN_FDNAMES", "2 names for 1 sockets"], names="rpc:rpc")
        self.refuse(2, ["field=LISTEN_FDNAMES", "must be rpc or http", "not accrued.socket"],
                    names="accrued.socket")
        self.refuse(2, ["field=LISTEN_FDNAMES", "must be rpc"], names="")

    def test_what_we_could_not_have_bound_is_refused(self):
        self.manager.unix()
        self.refuse(1, ["not a stream socket that listens", "descriptor=3"])
        self.manager.sockets.pop().close()
        self.manager.unix(self.manager.path + ".dgram", socket.SOCK_DGRAM)
        self.refuse(1, ["not a stream socket that listens"])
        self.manager.sockets.pop().close()
        self.manager.unix(f"\0accrued-test-{os.getpid()}").listen()
        self.refuse(1, ["neither TCP nor a Unix socket with an absolute path"])
        self.manager.sockets.pop().close()
        self.manager.tcp("0.0.0.0")
        self.refuse(1, ["FORBIDDEN", "loopback only"])

    @unittest.skipUnless(shutil.which("systemd-socket-activate"), "no systemd here")
    def test_systemd_hands_it_over_as_we_expect(self):
        manager = self.manager
        manager.process = subprocess.Popen(
            ["systemd-socket-activate", "-l", manager.path, "--fdname=rpc", program(),
             "--data", os.path.join(manager.directory, "data"), "--listen",
             "unix:" + manager.path], stderr=subprocess.DEVNULL)
        self.assertTrue(wait_until(lambda: os.path.exists(manager.path)))
        with Client(manager.path) as client:
            client.call("append", {"events": [note("n1")]})
        self.assertEqual(manager.stop(), 0)


if __name__ == "__main__":
    unittest.main()
