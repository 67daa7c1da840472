"""Where the daemon listens: unix:PATH, PATH, tcp:ADDRESS:PORT or tcp:[ADDRESS]:PORT. Addresses are
numbers: nothing is resolved."""

import ipaddress
import os
import socket

from . import errors


def default():
    """As the command and libaccrue choose it."""
    url = os.environ.get("ACCRUE_URL")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if url:
        return url
    if os.geteuid() == 0 or runtime is None:
        return "unix:/run/accrued.sock"
    return f"unix:{runtime}/accrued.sock"


def parse(url):
    """(family, address for connect), or Rejected."""
    if not url.startswith("tcp:"):
        path = url.removeprefix("unix:")
        if not path or "\0" in path:
            raise errors.make("BAD_PARAMS", f"{url!r}: not a URL")
        return socket.AF_UNIX, path
    host, colon, port = url[4:].rpartition(":")
    try:
        number = int(port) if port.isascii() and port.isdecimal() else 0
        if not colon or not 0 < number < 65536:
            raise ValueError(port)
        if host.startswith("[") and host.endswith("]"):
            return socket.AF_INET6, (str(ipaddress.IPv6Address(host[1:-1])), number)
        return socket.AF_INET, (str(ipaddress.IPv4Address(host)), number)
    except ValueError:
        raise errors.make("BAD_PARAMS", f"{url!r}: not a URL") from None
