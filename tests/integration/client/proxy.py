"""A proxy before the daemon that cuts connections at a chosen place.

A plan is one entry a connection, the last one for all that follow:
  None          pass everything
  ("to", n)     pass n messages to the daemon, drop the next and cut
  ("from", n)   pass n messages of the daemon, drop the next and cut
  ("hold", n)   pass n messages of the daemon, then nothing, and stay open
"""

import os
import select
import socket
import threading

import msgpack


def whole_messages(data):
    """The whole messages that `data` begins with, and the rest."""
    unpacker = msgpack.Unpacker()
    unpacker.feed(data)
    messages = []
    begin = 0
    while True:
        try:
            unpacker.skip()
        except msgpack.OutOfData:
            return messages, data[begin:]
        messages.append(data[begin:unpacker.tell()])
        begin = unpacker.tell()


class Proxy:
    def __init__(self, directory, target, plan):
        self.path = os.path.join(directory, "proxy")
        self.url = "unix:" + self.path
        self.target = target
        self.plan = list(plan)
        self.requests = []  # of each connection: the messages of the client
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            plan = self.plan[min(len(self.requests), len(self.plan) - 1)]
            self.requests.append([])
            with near, socket.socket(socket.AF_UNIX) as far:
                try:
                    far.connect(self.target)
                    self.serve(near, far, plan or (None, 0))
                except OSError:
                    pass  # either end has gone: so has the connection

    def serve(self, near, far, plan):
        rest = {near: b"", far: b""}
        passed = {near: 0, far: 0}
        while True:
            readable, _, _ = select.select([near, far], [], [])
            for source in readable:
                data = source.recv(1 << 16)
                if not data:
                    return
                messages, rest[source] = whole_messages(rest[source] + data)
                for message in messages:
                    if source is near:
                        self.requests[-1].append(message)
                    if plan[1] == passed[source] and plan[0] == ("to" if source is near
                                                                 else "from"):
                        return
                    if source is far and plan[0] == "hold" and passed[source] >= plan[1]:
                        continue
                    passed[source] += 1
                    (far if source is near else near).sendall(message)

    def close(self):
        self.listener.close()
