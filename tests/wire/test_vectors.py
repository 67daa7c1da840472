"""tests/vectors/ against the second implementation (reference.py).

The C tests read the same files. What both reproduce is the format, not one program's habit.
"""

import json
import os
import pathlib
import random
import struct
import unittest

import msgpack
import reference

ROOT = pathlib.Path(os.environ.get("ACCRUE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


def vectors(name):
    text = (ROOT / "tests" / "vectors" / name).read_text(encoding="utf-8")
    return json.loads(text)["vectors"]


class CanonicalVectors(unittest.TestCase):
    def test_every_vector_is_reproduced(self):
        rows = vectors("canonical.json")
        self.assertGreater(len(rows), 80)
        for row in rows:
            with self.subTest(row["name"]):
                data = bytes.fromhex(row["input"])
                if "canonical" in row:
                    canonical = reference.canonical(data, 8, "data")
                    self.assertEqual(canonical.hex(), row["canonical"])
                    self.assertEqual(reference.canonical(canonical, 8, "data"), canonical)
                    continue
                with self.assertRaises(reference.Refused) as refused:
                    reference.canonical(data, 8, "data")
                self.assertEqual(refused.exception.code, row["error"])
                self.assertEqual(refused.exception.path, row.get("field"))

    def test_names_are_unique(self):
        for name in ("canonical.json", "stored.json"):
            names = [row["name"] for row in vectors(name)]
            self.assertEqual(len(names), len(set(names)))

    def test_a_common_library_writes_the_same_if_keys_are_sorted(self):
        """python3-msgpack's packer is minimal, so on sorted maps without floats it agrees."""
        rng = random.Random(7)
        for _ in range(2000):
            value = sorted_value(rng, 4)
            packed = msgpack.packb(value, use_bin_type=True)
            self.assertEqual(reference.canonical(packed, 8, ""), packed)


def sorted_value(rng, depth):
    kind = rng.randrange(7 if depth else 5)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.randrange(-(2**53) + 1, 2**53) >> rng.randrange(53)
    if kind == 2:
        return "".join(rng.choice("ab北京😀") for _ in range(rng.randrange(40)))
    if kind == 3:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(40)))
    if kind == 4:
        return rng.randrange(128)
    if kind == 5:
        return [sorted_value(rng, depth - 1) for _ in range(rng.randrange(20))]
    keys = {"".join(rng.choice("abc北😀") for _ in range(rng.randrange(6))) for _ in range(9)}
    return {key: sorted_value(rng, depth - 1) for key in sorted(keys, key=lambda k: k.encode())}


class StoredVectors(unittest.TestCase):
    def test_every_vector_is_reproduced(self):
        for row in vectors("stored.json"):
            with self.subTest(row["name"]):
                stored = bytes.fromhex(row["stored"])
                parts = reference.check_stored(stored)
                self.assertEqual(reference.leaf_hash(stored).hex(), row["leaf"])
                for part in ("body", "effects", "touches"):
                    self.assertEqual(reference.encode(parts[part], 8, "").hex(), row[part])
                stamp = dict(parts["stamp"])
                self.assertEqual(stamp, {**row["stamp"]})

    def test_a_body_is_what_was_sent_less_what_stands_beside_it(self):
        for row in vectors("stored.json"):
            with self.subTest(row["name"]):
                sent = dict(reference.decode(bytes.fromhex(row["wire"])))
                private = sent.pop("private", None)
                sent.pop("expect", None)
                sent.setdefault("ver", 1)
                if private is not None:
                    encoded = reference.encode(private, 7, "private")
                    self.assertEqual(encoded.hex(), row["private"])
                    salt = bytes.fromhex(row["salt"])
                    sent["private_hash"] = reference.private_hash(salt, encoded)
                    self.assertEqual(sent["private_hash"].hex(), row["private_hash"])
                body = reference.encode(reference.Pairs(sent.items()), 8, "body")
                self.assertEqual(body.hex(), row["body"])

    def test_any_changed_byte_changes_the_leaf(self):
        row = vectors("stored.json")[0]
        stored = bytearray.fromhex(row["stored"])
        seen = {row["leaf"]}
        for at in range(len(stored)):
            stored[at] ^= 1
            seen.add(reference.leaf_hash(bytes(stored)).hex())
            stored[at] ^= 1
        self.assertEqual(len(seen), len(stored) + 1)


class SecondImplementation(unittest.TestCase):
    """The reference is code as well: where does it refuse?"""

    def test_floats_are_integers_or_nothing(self):
        for number, expected in [(1.0, "01"), (-0.0, "00"), (2.0**32, "cf0000000100000000")]:
            data = b"\xcb" + struct.pack(">d", number)
            self.assertEqual(reference.canonical(data, 8, "").hex(), expected)
        for number in (0.5, 2.0**53, float("nan"), float("-inf")):
            with self.assertRaises(reference.Refused):
                reference.canonical(b"\xcb" + struct.pack(">d", number), 8, "")

    def test_cut_bytes_are_no_value(self):
        stored = bytes.fromhex(vectors("stored.json")[1]["stored"])
        for cut in range(len(stored)):
            with self.assertRaises(ValueError):
                reference.decode(stored[:cut])


if __name__ == "__main__":
    unittest.main()
