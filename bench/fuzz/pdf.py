"""Mutations of a PDF's objects: sizes, filters, references that go round, streams that swell."""

import random
import re
import zlib
from functools import cache

_NAMES = rb"Width|Height|Length|Columns|Rows|K|Predictor|Colors|BitsPerComponent|Count|Size|N|First|UserUnit"
_NUMBER = re.compile(rb"/(?:" + _NAMES + rb") (\d+)")
_REFERENCE = re.compile(rb"\b(\d+) 0 R")
_FILTERS = (
    b"FlateDecode",
    b"LZWDecode",
    b"ASCII85Decode",
    b"ASCIIHexDecode",
    b"RunLengthDecode",
    b"DCTDecode",
)
_FILTERS_FOUND = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_BOMB = 400 << 20


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the file with an object made to lie."""
    act = rng.choice(
        (_number, _number, _number, _reference, _reference, _filters, _box, _table, _swell, _matrix)
    )
    return act(data, rng)


def _replaced(
    data: bytes, found: list[re.Match[bytes]], new: bytes, rng: random.Random, group: int = 0
) -> bytes:
    if not found:
        return data
    chosen = rng.choice(found)
    return data[: chosen.start(group)] + new + data[chosen.end(group) :]


def _number(data: bytes, rng: random.Random) -> bytes:
    values = (
        b"0",
        b"1",
        b"-1",
        b"7",
        b"15000",
        b"31999",
        b"65535",
        b"2147483647",
        b"4294967296",
        b"9" * 25,
        b"1.5",
    )
    for _ in range(rng.randint(1, 2)):
        data = _replaced(data, list(_NUMBER.finditer(data)), rng.choice(values), rng, 1)
    return data


def _reference(data: bytes, rng: random.Random) -> bytes:
    """Point somewhere else: at a parent, at itself, at nothing."""
    target = b"%d 0 R" % rng.randint(0, 7)
    return _replaced(data, list(_REFERENCE.finditer(data)), target, rng)


def _filters(data: bytes, rng: random.Random) -> bytes:
    names = [rng.choice(_FILTERS) for _ in range(rng.choice((1, 2, 3, 60)))]
    listed = b"[" + b" ".join(b"/" + name for name in names) + b"]"
    return _replaced(data, list(_FILTERS_FOUND.finditer(data)), listed, rng, 1)


def _box(data: bytes, rng: random.Random) -> bytes:
    boxes = (
        b"[0 0 0 0]",
        b"[0 0 1e9 1e9]",
        b"[0 0 -5 10]",
        b"[0 0 14400 14400]",
        b"[9 9 9.0001 9.0001]",
        b"[]",
    )
    return _replaced(data, list(re.finditer(rb"/MediaBox\s*(\[[^\]]*\])", data)), rng.choice(boxes), rng, 1)


def _table(data: bytes, rng: random.Random) -> bytes:
    """Break the cross-reference table, or what points to it."""
    if rng.random() < 0.5:
        offset = b"%d" % rng.choice((0, 1, 9, len(data) // 2, len(data) - 1))
        return _replaced(data, list(re.finditer(rb"startxref\s+(\d+)", data)), offset, rng, 1)
    entries = list(re.finditer(rb"\d{10} \d{5} n", data))
    return _replaced(data, entries, b"%010d 00000 n" % rng.randrange(len(data)), rng)


def _swell(data: bytes, rng: random.Random) -> bytes:
    """Put hundreds of megabytes of zeros into a stream of a few hundred kilobytes."""
    streams = list(re.finditer(rb"(?s)stream\r?\n(.*?)\r?\nendstream", data))
    return _replaced(data, streams, _zeros(), rng, 1)


def _matrix(data: bytes, rng: random.Random) -> bytes:
    matrices = (b"0 0 0 0 0 0", b"1e-9 0 0 1e-9 0 0", b"1e9 0 0 1e9 0 0", b"1 1 1 1 0 0", b"80 0 0 -110 0 0")
    found = list(re.finditer(rb"q\s+([-\d. ]+) cm", data))
    return _replaced(data, found, rng.choice(matrices), rng, 1)


@cache
def _zeros() -> bytes:
    packer = zlib.compressobj(9)
    block = b"\0" * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(_BOMB >> 20)) + packer.flush()
