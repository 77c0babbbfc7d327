"""Mutations of a TIFF's directories: sizes, offsets, counts, loops."""

import random
import struct
from dataclasses import dataclass

_NUMBERS = (
    0,
    1,
    2,
    3,
    7,
    8,
    15,
    16,
    32,
    255,
    4096,
    31_999,
    65_535,
    65_536,
    1 << 24,
    (1 << 31) - 1,
    (1 << 32) - 1,
)
_SIZES = (256, 257, 322, 323, 278)
_CODINGS = (259, 258, 262, 266, 274, 277, 284, 317, 338, 339, 292, 530)
_SEGMENTS = (273, 279, 324, 325)


@dataclass(frozen=True)
class _Chain:
    """Where the directories of a file are, and where each one's pointer to the next is."""

    order: str
    big: bool
    starts: list[int]
    pointers: list[int]

    @property
    def entry(self) -> tuple[int, int]:
        """Bytes before the first entry, and of an entry."""
        return (8, 20) if self.big else (2, 12)


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the file with a directory entry, or the chain of directories, made to lie."""
    chain = _walk(data)
    if not chain.starts:
        return data
    out = bytearray(data)
    act = rng.choice((_loop, _set_entry, _set_entry, _set_entry, _huge, _count_entries, _swap_entries))
    for _ in range(rng.randint(1, 3)):
        act(out, chain, rng)
    return bytes(out)


def _walk(data: bytes) -> _Chain:
    order, big = ("<" if data[:2] == b"II" else ">"), 43 in data[2:4]
    pointer, starts, pointers = (8 if big else 4), list[int](), list[int]()
    wide, count, (head, step) = ("Q", "Q", (8, 20)) if big else ("I", "H", (2, 12))
    while True:
        start = int(struct.unpack_from(order + wide, data, pointer)[0])
        pointers.append(pointer)
        if not start:
            return _Chain(order, big, starts, pointers)
        starts.append(start)
        entries = int(struct.unpack_from(order + count, data, start)[0])
        pointer = start + head + entries * step


def _loop(out: bytearray, chain: _Chain, rng: random.Random) -> None:
    target = rng.choice((*chain.starts, 0, 8, len(out) - 4, len(out) * 2))
    struct.pack_into(chain.order + ("Q" if chain.big else "I"), out, rng.choice(chain.pointers), target)


def _entries(out: bytearray, chain: _Chain, rng: random.Random) -> list[int]:
    start, (head, step) = rng.choice(chain.starts), chain.entry
    count = struct.unpack_from(chain.order + ("Q" if chain.big else "H"), out, start)[0]
    return [
        start + head + at * step for at in range(min(count, 200)) if start + head + (at + 1) * step < len(out)
    ]


def _set_entry(out: bytearray, chain: _Chain, rng: random.Random) -> None:
    places = _entries(out, chain, rng)
    tags = {struct.unpack_from(chain.order + "H", out, at)[0]: at for at in places}
    wanted = [tag for tag in (*_CODINGS, *_SEGMENTS) if tag in tags]
    at = tags[rng.choice(wanted)] if wanted and rng.random() < 0.7 else rng.choice(places or [8])
    part = rng.choice(("tag", "kind", "count", "value", "value", "value"))
    if part in ("tag", "kind"):
        struct.pack_into(
            chain.order + "H", out, at + (0 if part == "tag" else 2), rng.choice(_NUMBERS) & 0xFFFF
        )
    else:
        wide = "Q" if chain.big else "I"
        place = at + 4 + (struct.calcsize(wide) if part == "value" else 0)
        struct.pack_into(chain.order + wide, out, place, rng.choice(_NUMBERS))


def _huge(out: bytearray, chain: _Chain, rng: random.Random) -> None:
    """Declare a page of a size that no file of this length holds."""
    for at in _entries(out, chain, rng):
        tag, kind = struct.unpack_from(chain.order + "HH", out, at)
        if tag in _SIZES:
            side = rng.choice((1, 9000, 15_000, 31_000, 65_535))
            struct.pack_into(
                chain.order + ("H" if kind == 3 else "I"), out, at + (12 if chain.big else 8), side
            )


def _count_entries(out: bytearray, chain: _Chain, rng: random.Random) -> None:
    code = "Q" if chain.big else "H"
    struct.pack_into(chain.order + code, out, rng.choice(chain.starts), rng.choice((0, 1, 4096, 65_535)))


def _swap_entries(out: bytearray, chain: _Chain, rng: random.Random) -> None:
    places, step = _entries(out, chain, rng), chain.entry[1]
    if len(places) > 1:
        one, two = rng.sample(places, 2)
        out[one : one + step], out[two : two + step] = out[two : two + step], out[one : one + step]
