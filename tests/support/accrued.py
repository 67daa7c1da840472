"""A real accrued in a directory of its own, and a client, for tests in Python.

The client is msgpack and sockets; nothing of the project's own code.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import msgpack

PATIENCE = 30  # seconds; sanitizers and a busy machine included


def program():
    return os.path.join(os.environ["ACCRUE_BIN_DIR"], "accrued")


class Closed(Exception):
    """The daemon has closed the connection."""


class Refused(Exception):
    """The answer was an error; `code` is its first word, or its code in the form of a map."""

    def __init__(self, error):
        super().__init__(str(error))
        self.error = error
        self.code = error["code"] if isinstance(error, dict) else error.split()[0].rstrip(":")


class Daemon:
    """`with Daemon() as daemon:`; `before` is put before the program (strace, prlimit)."""

    def __init__(self, directory=None, options=(), before=()):
        self.own = directory is None
        self.directory = directory or tempfile.mkdtemp(prefix="accrued-test-")
        self.data = os.path.join(self.directory, "data")
        self.socket = os.path.join(self.directory, "s")
        self.errors = os.path.join(self.directory, "stderr")
        self.options = list(options)
        self.before = list(before)
        self.process = None
        self.ready = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()

    def launch(self):
        """Start, and give the descriptor on which the ready line will come."""
        ours, its = os.pipe()
        command = self.before + [program(), "--data", self.data, "--listen", "unix:" + self.socket,
                                 "--ready-fd", str(its)] + self.options
        with open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(command, pass_fds=[its], stdin=subprocess.DEVNULL,
                                            stdout=errors, stderr=errors)
        os.close(its)
        return ours

    def start(self):
        ours = self.launch()
        readable, _, _ = select.select([ours], [], [], PATIENCE)
        self.ready = os.read(ours, 4096).decode() if readable else ""
        os.close(ours)
        if not self.ready:
            raise AssertionError("accrued did not start: " + self.said())
        return self

    def said(self):
        with open(self.errors, encoding="utf-8", errors="replace") as file:
            return file.read()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def stop_traced(self):
        """Stop a daemon whose parent is strace, which ends as it does."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children, encoding="ascii") as file:
            for child in file.read().split():
                os.kill(int(child), signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def remove(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        if self.own:
            shutil.rmtree(self.directory, ignore_errors=True)

    def client(self):
        return Client(self.socket)


class Connection:
    """A socket to a daemon, whatever is spoken on it."""

    def __init__(self, address, family=socket.AF_UNIX):
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()


class Client(Connection):
    def __init__(self, address, family=socket.AF_UNIX):
        super().__init__(address, family)
        self.unpacker = msgpack.Unpacker(raw=False, strict_map_key=True)
        self.notifications = []
        self.last_id = 0

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Closed from error

    def request(self, method, params=None):
        self.last_id += 1
        self.send(msgpack.packb([0, self.last_id, method, [params or {}]]))
        return self.last_id

    def receive(self):
        """The next message, whatever it is."""
        while True:
            for message in self.unpacker:
                return message
            try:
                data = self.socket.recv(1 << 18)
            except ConnectionResetError as error:
                raise Closed from error
            if not data:
                raise Closed
            self.unpacker.feed(data)

    def answer(self):
        """The next answer, as (id, error, result); notifications are kept."""
        while True:
            message = self.receive()
            if message[0] == 1:
                return message[1:]
            self.notifications.append(message)

    def call(self, method, params=None):
        sent = self.request(method, params)
        got, error, result = self.answer()
        assert got == sent, (got, sent)
        if error is not None:
            raise Refused(error)
        return result

    def notification(self, method):
        """The next notification of this method."""
        while True:
            for i, message in enumerate(self.notifications):
                if message[1] == method:
                    return self.notifications.pop(i)[2]
            message = self.receive()
            assert message[0] == 2, message
            self.notifications.append(message)


def note(name, aggregate="x/test", fill=40, **more):
    """An event of a type of our own, which the ledger stores and never judges."""
    return {"id": name, "type": "x.test.note", "agg": aggregate, "data": {"fill": "x" * fill},
            **more}


def wait_until(condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
