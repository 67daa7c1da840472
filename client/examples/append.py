#!/usr/bin/python3
"""Append one event, in Python with nothing but msgpack: append.py SOCKET [PARTY]"""

import socket
import sys
import uuid

import msgpack

path = sys.argv[1] if len(sys.argv) > 1 else "/run/accrued.sock"
event = {
    "id": str(uuid.uuid4()),  # the same with every retry
    "type": "party.registered",
    "agg": sys.argv[2] if len(sys.argv) > 2 else "ustb",
    "data": {"name": "北京科技大学", "kind": "university"},
}
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
connection.sendall(msgpack.packb([0, 1, "append", [{"events": [event]}]]))
unpacker = msgpack.Unpacker()
while True:
    data = connection.recv(65536)
    if not data:
        sys.exit("closed without an answer: send the same id again to find out")
    unpacker.feed(data)
    for _, _, error, result in unpacker:
        if error is not None:
            sys.exit(error)
        print("durable at seq", result["last"])
        sys.exit()
