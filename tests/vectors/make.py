#!/usr/bin/python3
"""Writes canonical.json and stored.json beside itself, from the second implementation.

Run it to add vectors. The bytes of an existing one never change: `git diff` must show
additions only, since logs of released versions hold these forms.
"""

import json
import pathlib
import struct
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "wire"))

import reference  # noqa: E402
from reference import Pairs  # noqa: E402

DEPTH = 8


def nested(levels, first):
    """`levels` containers around nothing."""
    inner = {0x91: "90", 0x81: "80"}[first]
    return ("91" if first == 0x91 else "81a161") * (levels - 1) + inner


def keys_map(names):
    return (
        b"\xde" + struct.pack(">H", len(names))
        + b"".join(b"\xa4" + name.encode() + b"\x01" for name in names)
    ).hex()  # fmt: skip


# name, input
CANONICAL = [
    ("nil", "c0"),
    ("false", "c2"),
    ("true", "c3"),
    ("zero", "00"),
    ("zero in a byte", "cc00"),
    ("five in eight bytes", "cf0000000000000005"),
    ("five signed", "d005"),
    ("127", "cc7f"),
    ("128", "cd0080"),
    ("255 signed", "d100ff"),
    ("256", "ce00000100"),
    ("65535", "ce0000ffff"),
    ("65536", "cf0000000000010000"),
    ("2^32-1", "cf00000000ffffffff"),
    ("2^32", "cf0000000100000000"),
    ("-1", "d3ffffffffffffffff"),
    ("-32", "d0e0"),
    ("-33", "d1ffdf"),
    ("-128", "d2ffffff80"),
    ("-129", "d3ffffffffffffff7f"),
    ("-32768", "d2ffff8000"),
    ("-32769", "d3ffffffffffff7fff"),
    ("-2^31", "d3ffffffff80000000"),
    ("-2^31-1", "d3ffffffff7fffffff"),
    ("2^53-1", "cf001fffffffffffff"),
    ("-(2^53-1)", "d3ffe0000000000001"),
    ("2^53", "cf0020000000000000"),
    ("-2^53", "d3ffe0000000000000"),
    ("2^64-1", "cfffffffffffffffff"),
    ("-2^63", "d38000000000000000"),
    ("float 1", "cb3ff0000000000000"),
    ("float 1 in four bytes", "ca3f800000"),
    ("float minus zero", "cb8000000000000000"),
    ("float 2^32, as a JavaScript client sends it", "cb41f0000000000000"),
    ("float 2^53-1", "cb433fffffffffffff"),
    ("float -(2^53-1)", "cbc33fffffffffffff"),
    ("float 2^53", "cb4340000000000000"),
    ("float 0.5", "cb3fe0000000000000"),
    ("float 1e300", "cb7e37e43c8800759c"),
    ("float NaN", "cb7ff8000000000000"),
    ("float infinity", "cb7ff0000000000000"),
    ("float -infinity in four bytes", "caff800000"),
    ("empty text", "a0"),
    ("empty text in a long form", "db00000000"),
    ("text of 31", "d91f" + "61" * 31),
    ("text of 32", "da0020" + "61" * 32),
    ("text of 255", "da00ff" + "61" * 255),
    ("text of 256", "db00000100" + "61" * 256),
    ("Chinese text", "d90ce58c97e4baace5a4a7e5ada6"),
    ("text not UTF-8", "a2c328"),
    ("text with a surrogate", "a3eda080"),
    ("text overlong", "a2c080"),
    ("text past U+10FFFF", "a4f4908080"),
    ("text cut inside a character", "a2e58c"),
    ("empty bytes", "c600000000"),
    ("bytes", "c50003ff0001"),
    ("bytes of 256", "c600000100" + "00" * 256),
    ("empty array", "dd00000000"),
    ("array of 15", "dc000f" + "01" * 15),
    ("array of 16", "dd00000010" + "01" * 16),
    ("nested array with long numbers", "93cd0001cd000291cd0003"),
    ("empty map", "df00000000"),
    ("map in order", "82a16101a16202"),
    ("map out of order", "82a16202a16101"),
    ("map in reverse, three", "83a16303a16202a16101"),
    ("order is by bytes, not by length", "82a162 01 a26161 02"),
    ("a shorter key before the one it begins", "82a26162 01 a161 02"),
    ("the empty key first", "82a161 01 a0 02"),
    ("order is by bytes, not by UTF-16", "82a4f09f9880 01 a3efbca1 02"),
    ("keys as bytes become text", "81c4016105"),
    ("key as bytes, not UTF-8", "81c401ff05"),
    ("key in a long form", "81d9016105"),
    ("key not UTF-8", "81a1ff05"),
    ("key a number", "810105"),
    ("key nil", "81c005"),
    ("duplicate key", "82a16101a16101"),
    ("duplicate key, not neighbours", "83a16101a16202a16103"),
    ("duplicate key as text and bytes", "82a16101c4016102"),
    ("maps inside maps are sorted too", "82a17a82a16202a16101a16192 81a17801 82a17902a17801"),
    ("more than 32 keys in reverse", keys_map([f"k{i:03}" for i in range(40, 0, -1)])),
    ("1024 keys", keys_map([f"{(i * 37) % 1024:04}" for i in range(1024)])),
    ("1025 keys", keys_map([f"{i:04}" for i in range(1025)])),
    ("a duplicate among many", keys_map([f"k{i:03}" for i in range(40)] + ["k007"])),
    ("eight arrays", nested(8, 0x91)),
    ("nine arrays", nested(9, 0x91)),
    ("eight maps", nested(8, 0x81)),
    ("nine maps", nested(9, 0x81)),
    ("path of a bad amount",
     "81ab6f626c69676174696f6e73 92 80 81aa616d6f756e745f66656e cb3fe0000000000000"),
    ("path of a bad item", "81a16192 01 93 01 02 a1ff"),
    ("path of a duplicate", "81a16191 82a16201a16202"),
    ("ext", "d40100"),
    ("ext inside", "81a161d6ff00000000"),
    ("timestamp of eight bytes", "d7ff0000000000000000"),
    ("the byte that begins nothing", "c1"),
    ("nothing", ""),
    ("two values", "0000"),
    ("array cut short", "9201"),
    ("a count without its values", "dd10000000"),
    ("four gigabytes announced", "c6ffffffff00"),
]  # fmt: skip


def canonical_vectors():
    for name, text in CANONICAL:
        data = bytes.fromhex(text)
        row = {"name": name, "input": data.hex()}
        try:
            row["canonical"] = reference.canonical(data, DEPTH, "data").hex()
        except reference.Refused as refused:
            row["error"] = refused.code
            if refused.path is not None:
                row["field"] = refused.path
        yield row


def pairs(value):
    """Maps written as dict, in their order."""
    if isinstance(value, dict):
        return Pairs((key, pairs(item)) for key, item in value.items())
    if isinstance(value, list):
        return [pairs(item) for item in value]
    return value


PARTY = {
    "id": "0198c0de-0000-7000-8000-000000000001",
    "type": "party.registered",
    "agg": "ustb",
    "effective": "2024-11-01",
    "data": {"party_id": "ustb", "name": "北京科技大学", "kind": "university", "region": "110108"},
}

SIGNED = {
    "id": "0198c0de-0000-7000-8000-000000000002",
    "type": "contract.signed",
    "ver": 1,
    "agg": "北科转〔2024〕017号",
    "actor": "office",
    "corr": "trace-1",
    "expect": 0,
    "data": {
        "title": "多运动目标跟踪方法",
        "type": "license",
        "subtype": "patent",
        "sellers": [{"party": "ustb", "share_ppm": 1000000}],
        "buyers": [{"share_ppm": 1000000, "party": "tabr"}],
        "ip_kind": "invention",
        "field": "electronics",
        "sign_date": "2024-11-20",
        "effective_rule": "immediate",
        "term_start": "2024-11-20",
        "currency": "CNY",
        "total_fen": 12000000,
        "total_basis": "fixed",
        "pay_mode": "lump",
        "obligations": [
            {
                "no": 1, "kind": "lump", "debtor": "tabr", "creditor": "ustb",
                "amount_fen": 12000000, "condition": "none",
                "due": {"base": "date", "date": "2025-11-20"},
            },
        ],
    },
    "docs": [{"sha256": "ab" * 32, "name": "合同.pdf", "kind": "contract", "bytes": 48213}],
}  # fmt: skip

VISIT = {
    "id": "visit-1",
    "type": "x.acme.site_visit",
    "agg": "x/visits",
    "cause": "visit-0",
    "corrects": "visit-0",
    "data": {"b": [1, {"z": None, "y": True}], "a": -5, "北": "京"},
    "private": {"phone": "138", "name": "某人"},
}

# name, event, stamp, effects, touches
STORED = [
    ("a party", PARTY,
     {"seq": 2, "agg_seq": 1, "recorded": 1730430000000000, "by": "uid:1000", "flags": [],
      "rules": 1}, [], []),
    ("a contract with papers", SIGNED,
     {"seq": 3, "agg_seq": 1, "recorded": 1732078800000001, "by": "uid:1000",
      "flags": ["W_NO_TECHNOLOGY"], "rules": 1},
     [["open", 1, 12000000], ["state", 2]], [["contract/北科转〔2024〕017号/1", 1]]),
    ("a type of the user's with private data", VISIT,
     {"seq": 2**40, "agg_seq": 70000, "recorded": 1764000000000000, "by": "",
      "flags": ["W_ABOVE_GUIDE", "W_NO_DEMAND", "W_PLEDGED"], "rules": 3}, [], []),
]  # fmt: skip

SALT = bytes(range(16))


def stored_vectors():
    for name, event, stamp, effects, touches in STORED:
        body = {key: event[key] for key in event if key not in ("expect", "private")}
        body["ver"] = 1
        row = {"name": name, "wire": plain(pairs(event)).hex()}
        if "private" in event:
            private = reference.encode(pairs(event["private"]), DEPTH, "private")
            body["private_hash"] = reference.private_hash(SALT, private)
            row["salt"] = SALT.hex()
            row["private"] = private.hex()
            row["private_hash"] = body["private_hash"].hex()
        row["stamp"] = stamp
        parts = {"body": body, "effects": effects, "stamp": stamp, "touches": touches}
        row["effects"] = reference.encode(effects, DEPTH, "effects").hex()
        row["touches"] = reference.encode(touches, DEPTH, "touches").hex()
        stored = reference.encode(pairs(parts), 16, "")
        reference.check_stored(stored)
        row["body"] = reference.encode(pairs(body), DEPTH, "body").hex()
        row["stored"] = stored.hex()
        row["leaf"] = reference.leaf_hash(stored).hex()
        yield row


def plain(value):
    """msgpack in the order given: what a client may send."""
    if isinstance(value, Pairs):
        out = bytes([0xDE]) + struct.pack(">H", len(value))
        return out + b"".join(plain(key) + plain(item) for key, item in value)
    if isinstance(value, list):
        return bytes([0xDC]) + struct.pack(">H", len(value)) + b"".join(map(plain, value))
    return reference.encode(value, 1, "")


def write(name, about, vectors):
    content = {"about": about, "format": 1, **vectors}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (here / name).write_text(text + "\n", encoding="utf-8")


def main():
    write(
        "canonical.json",
        "input: msgpack in hexadecimal; canonical: its canonical form, or error and field. "
        "Checked to depth 8, with the path `data`.",
        {"vectors": list(canonical_vectors())},
    )
    write(
        "stored.json",
        "wire: an event as a client sent it; body, private_hash = SHA-256(salt || private), "
        "stored = {body, effects, stamp, touches}, leaf = SHA-256(0x00 || stored).",
        {"vectors": list(stored_vectors())},
    )


if __name__ == "__main__":
    main()
