"""HTTP/1.1 over a socket, so that nothing is repaired on the way."""

import json
import os
import socket
import sys

sys.path.insert(0, os.path.join(os.environ["ACCRUE_SOURCE_DIR"], "tests", "support"))
from accrued import (  # noqa: E402,F401
    Closed, Connection, Daemon, Refused, note, wait_until)


class WebDaemon(Daemon):
    """A daemon that also listens for HTTP, on TCP and on a Unix socket."""

    def __init__(self, options=(), **more):
        super().__init__(options=["--listen", "http:127.0.0.1:0", *options], **more)
        self.options += ["--listen", "http+unix:" + os.path.join(self.directory, "h")]

    def web(self):
        host, port = self.ready.split("socket=http:")[1].split()[0].rsplit(":", 1)
        return Web((host, int(port)), socket.AF_INET)

    def web_unix(self):
        return Web(os.path.join(self.directory, "h"), socket.AF_UNIX)

    def ask(self, *request, **more):
        """One request on a connection of its own."""
        with self.web() as web:
            return web.ask(*request, **more)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Web(Connection):
    def __init__(self, address, family):
        super().__init__(address, family)
        self.pending = b""

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionResetError as error:
            raise Closed from error
        if not data:
            raise Closed
        self.pending += data

    def until(self, mark):
        """Everything up to `mark`, which is taken too."""
        while mark not in self.pending:
            self.more()
        found, _, self.pending = self.pending.partition(mark)
        return found

    def head(self):
        lines = self.until(b"\r\n\r\n").decode("ascii").split("\r\n")
        version, status, _ = lines[0].split(" ", 2)
        assert version == "HTTP/1.1", lines[0]
        pairs = [line.split(": ", 1) for line in lines[1:]]
        headers = {name.lower(): value for name, value in pairs}
        assert len(headers) == len(pairs), lines  # each once
        return int(status), headers

    def answer(self, head_only=False):
        status, headers = self.head()
        length = 0 if head_only or status in (100, 304) else int(headers["content-length"])
        while len(self.pending) < length:
            self.more()
        body, self.pending = self.pending[:length], self.pending[length:]
        return Answer(status, headers, body)

    def ask(self, method, target, body=None, headers=()):
        """The request as it should be, or with `headers` in place of what it has."""
        lines = {"host": "localhost"}
        if body is not None:
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            lines.update({"content-type": "application/json", "content-length": str(len(body))})
        lines.update({name.lower(): value for name, value in dict(headers).items()})
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items()
                       if value is not None)
        self.send(f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""))
        return self.answer(method == "HEAD")

    def is_closed(self):
        try:
            self.more()
        except Closed:
            return True
        return False
