#!/usr/bin/python3
"""Follow the log, in Python with nothing but msgpack: tail.py SOCKET [COUNT]"""

import socket
import sys

import msgpack

path = sys.argv[1] if len(sys.argv) > 1 else "/run/accrued.sock"
left = int(sys.argv[2]) if len(sys.argv) > 2 else -1
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
connection.sendall(msgpack.packb([0, 1, "tail", [{"from": 1, "credit": 256, "sub": 1}]]))
unpacker = msgpack.Unpacker()
while left != 0:
    data = connection.recv(65536)
    if not data:
        sys.exit("closed: tail again from the last `next`")
    unpacker.feed(data)
    for message in unpacker:
        if message[0] == 1 and message[2] is not None:
            sys.exit(message[2])
        if message[0] != 2 or message[1] != "tail.events":
            continue
        _, events, _ = message[2]
        for event in events:
            if left != 0:
                print(event["seq"], event["type"], event["agg"])
                left -= 1
        credit = {"sub": 1, "n": len(events)}  # as many as were used up
        connection.sendall(msgpack.packb([2, "tail.credit", [credit]]))
