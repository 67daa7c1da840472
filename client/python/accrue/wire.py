"""What may be sent: the values of PROTOCOL.md, part 1. Anything for which the daemon would close
the connection is refused here, before it is sent."""

import datetime

import msgpack

from . import errors

FRAME_BYTES_MAX = 4 << 20
FRAME_DEPTH_MAX = 16
VALUES_MAX = 524_288
INTEGER_MAX = (1 << 53) - 1


def _bad(path, why):
    return errors.make("BAD_PARAMS", f"{path or 'params'}: {why}", field=path or None)


class _Plain:
    """A copy of a value that holds only what the wire knows; dates become text."""

    def __init__(self):
        self.left = VALUES_MAX - 8  # the message around it

    def copy(self, value, path, depth):
        self.left -= 1
        if self.left < 0:
            raise errors.make("TOO_LARGE", f"more than {VALUES_MAX} values")
        if value is None or isinstance(value, (bool, bytes)):
            return value
        if isinstance(value, str):
            return self.text(value, path)
        if isinstance(value, (int, float)):
            return self.number(value, path)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        if not isinstance(value, (dict, list, tuple)):
            raise _bad(path, f"{type(value).__name__} is not a value of the protocol")
        if depth > FRAME_DEPTH_MAX:
            raise errors.make("TOO_LARGE", f"more than {FRAME_DEPTH_MAX} levels")
        if isinstance(value, dict):
            return {self.key(key, path): self.copy(inner, f"{path}.{key}" if path else str(key),
                                                   depth + 1) for key, inner in value.items()}
        return [self.copy(inner, f"{path}[{i}]", depth + 1) for i, inner in enumerate(value)]

    def key(self, key, path):
        self.left -= 1
        if not isinstance(key, str):
            raise _bad(path, "the key of a map is not text")
        return self.text(key, path)

    @staticmethod
    def text(value, path):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise _bad(path, "text that is not Unicode") from None
        return value

    @staticmethod
    def number(value, path):
        if isinstance(value, float):
            if not value.is_integer():
                raise _bad(path, "a number that is not an integer: amounts are in fen")
            value = int(value)
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise _bad(path, "an integer beyond 2^53-1")
        return int(value)


def plain(params):
    """`params` as it can be sent, or Rejected."""
    return _Plain().copy(params, "", 3)  # the message and its list of parameters stand around it


def plain_events(events):
    """Events as they can be sent, or Rejected with the index of the event."""
    copies = _Plain()
    done = []
    for index, event in enumerate(events):
        try:
            done.append(copies.copy(event, "", 5))
        except errors.Error as error:
            error.index = index
            raise
    return done


def request(number, method, params):
    """The bytes of a request; `params` is plain."""
    message = msgpack.packb([0, number, method, [params]])
    if len(message) > FRAME_BYTES_MAX:
        raise errors.make("TOO_LARGE", f"a message of {len(message)} bytes")
    return message


def notification(method, params):
    return msgpack.packb([2, method, [params]])


def unpacker():
    return msgpack.Unpacker(raw=False, strict_map_key=True, max_buffer_size=4 * FRAME_BYTES_MAX)
