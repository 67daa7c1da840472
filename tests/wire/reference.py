"""The canonical form and the stored form, implemented a second time.

Nothing here is shared with the C code: values are decoded by python3-msgpack and encoded by
the few lines below, written from the rules in proto/canonical.h and proto/event.h. Where both
agree on tests/vectors/, a reader in a third language can check itself against the same files.
"""

import hashlib
import struct

import msgpack

INT_MAX = 2**53 - 1
KEYS_MAX = 1024
STAMP_KEYS = ["agg_seq", "by", "flags", "recorded", "rules", "seq"]
BODY_KEYS = {
    "actor", "agg", "cause", "corr", "corrects", "data", "docs", "effective", "id",
    "private_hash", "type", "ver",
}  # fmt: skip


class Refused(Exception):
    """A rule is broken at `path`."""

    def __init__(self, code, path):
        super().__init__(f"{code} {path}")
        self.code = code
        self.path = path


class Pairs(list):
    """A map as it came: in its order, equal keys included."""


def decode(data):
    """The value in `data`, or ValueError if it is not exactly one."""

    def no_ext(code, _):
        raise ValueError(f"ext {code}")

    unpacker = msgpack.Unpacker(
        object_pairs_hook=Pairs, ext_hook=no_ext, strict_map_key=False, raw=False,
        unicode_errors="surrogateescape",
    )  # fmt: skip
    unpacker.feed(data)
    try:
        value = unpacker.unpack()
    except (msgpack.OutOfData, msgpack.FormatError, msgpack.StackError) as error:
        raise ValueError(str(error)) from error
    if unpacker.tell() != len(data):
        raise ValueError("bytes left over")
    if _has_timestamp(value):
        raise ValueError("ext -1")
    return value


def _has_timestamp(value):
    """The one ext that the library decodes without asking."""
    if isinstance(value, Pairs):
        return any(_has_timestamp(key) or _has_timestamp(item) for key, item in value)
    if isinstance(value, list):
        return any(map(_has_timestamp, value))
    return isinstance(value, msgpack.Timestamp)


def _counted(count, fix, fix_max, forms):
    if count <= fix_max:
        return bytes([fix | count])
    for first, code, limit in forms:
        if count <= limit:
            return struct.pack(">B" + code, first, count)
    raise AssertionError(count)


def _integer(value, path):
    if not -INT_MAX <= value <= INT_MAX:
        raise Refused("E_BAD_FIELD", path)
    if 0 <= value < 128:
        return bytes([value])
    if -32 <= value < 0:
        return struct.pack("b", value)
    forms = "BHIQ" if value >= 0 else "bhiq"
    for i, code in enumerate(forms):
        try:
            return struct.pack(">B" + code, (0xCC if value >= 0 else 0xD0) + i, value)
        except struct.error:
            pass
    raise AssertionError(value)


def _text(value, path):
    try:
        data = value.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("E_BAD_FIELD", path) from None
    head = _counted(
        len(data), 0xA0, 31, [(0xD9, "B", 2**8 - 1), (0xDA, "H", 2**16 - 1), (0xDB, "I", 2**32 - 1)]
    )
    return head + data


def _map(pairs, depth_left, path):
    if len(pairs) > KEYS_MAX:
        raise Refused("TOO_LARGE", path)
    keys = {}
    for key, value in pairs:
        if isinstance(key, bytes):
            try:
                key = key.decode("utf-8")
            except UnicodeDecodeError:
                raise Refused("E_BAD_FIELD", path) from None
        if not isinstance(key, str):
            raise Refused("E_BAD_FIELD", path)
        _text(key, path)
        if key in keys:
            raise Refused("E_BAD_FIELD", f"{path}.{key}")
        keys[key] = value
    out = _counted(len(pairs), 0x80, 15, [(0xDE, "H", 2**16 - 1)])
    for key in sorted(keys, key=lambda text: text.encode("utf-8")):
        out += _text(key, path) + encode(keys[key], depth_left - 1, f"{path}.{key}")
    return out


def encode(value, depth_left, path):
    """The canonical form of a decoded value."""
    if isinstance(value, (list, Pairs)) and depth_left == 0:
        raise Refused("TOO_LARGE", path)
    if value is None:
        return b"\xc0"
    if value is True or value is False:
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, float):
        if value != value or abs(value) > INT_MAX or value != int(value):
            raise Refused("E_BAD_FIELD", path)
        return _integer(int(value), path)
    if isinstance(value, int):
        return _integer(value, path)
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, bytes):
        forms = [(0xC4, "B", 2**8 - 1), (0xC5, "H", 2**16 - 1), (0xC6, "I", 2**32 - 1)]
        return _counted(len(value), 0, -1, forms) + value
    if isinstance(value, Pairs):
        return _map(value, depth_left, path)
    head = _counted(len(value), 0x90, 15, [(0xDC, "H", 2**16 - 1), (0xDD, "I", 2**32 - 1)])
    items = (encode(item, depth_left - 1, f"{path}[{i}]") for i, item in enumerate(value))
    return head + b"".join(items)


def canonical(data, depth, path):
    """The canonical form of the bytes, or Refused; BAD_REQUEST if they are not one value."""
    try:
        value = decode(data)
    except ValueError:
        raise Refused("BAD_REQUEST", None) from None
    return encode(value, depth, path)


def leaf_hash(stored):
    """The Merkle leaf of a stored form (RFC 6962)."""
    return hashlib.sha256(b"\x00" + stored).digest()


def private_hash(salt, private):
    """What a body keeps of the personal data beside it."""
    return hashlib.sha256(salt + private).digest()


def check_stored(stored):
    """ValueError unless the bytes are a stored form. Gives the decoded map."""
    if encode(decode(stored), 16, "") != stored:
        raise ValueError("not canonical")
    parts = dict(decode(stored))
    if list(parts) != ["body", "effects", "stamp", "touches"]:
        raise ValueError("other parts")
    if [key for key, _ in parts["stamp"]] != STAMP_KEYS:
        raise ValueError("other stamp")
    body = dict(parts["body"])
    if not set(body) <= BODY_KEYS or not {"agg", "data", "id", "type", "ver"} <= set(body):
        raise ValueError("other body")
    flags = dict(parts["stamp"])["flags"]
    if flags != sorted(flags):
        raise ValueError("flags out of order")
    return parts
