"""Mutations of a PNG's chunks, half of them with the checksum put right so that they reach the decoder."""

import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache

_HEAD = 8
_BOMB = 300 << 20
Chunk = tuple[bytes, bytes]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the file with its chunks changed."""
    chunks = list(_chunks(data))
    act = rng.choice(
        (_header, _header, _set_byte, _set_byte, _shuffle, _drop, _repeat, _bomb, _text_bomb, _length)
    )
    return act(chunks, rng)


def _chunks(data: bytes) -> Iterator[Chunk]:
    at = _HEAD
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _joined(chunks: list[Chunk], wrong: int = 0) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content) ^ wrong)
        for name, content in chunks
    )


def _header(chunks: list[Chunk], rng: random.Random) -> bytes:
    width, height, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    sides = (0, 1, width, 9000, 15_800, 32_000, 65_536, (1 << 31) - 1, (1 << 32) - 1)
    width, height = rng.choice(sides), rng.choice((height, *sides))
    if rng.random() < 0.5:
        rest[rng.randrange(5)] = rng.choice((0, 1, 2, 3, 4, 6, 7, 8, 16, 255))
    chunks[0] = (b"IHDR", struct.pack(">IIBBBBB", width, height, *rest))
    return _joined(chunks)


def _set_byte(chunks: list[Chunk], rng: random.Random) -> bytes:
    place = rng.randrange(len(chunks))
    name, content = chunks[place]
    out = bytearray(content)
    for _ in range(rng.randint(1, 8)) if out else ():
        out[rng.randrange(len(out))] = rng.randrange(256)
    chunks[place] = (name, bytes(out))
    return _joined(chunks, wrong=rng.choice((0, 0, 1)))


def _shuffle(chunks: list[Chunk], rng: random.Random) -> bytes:
    rng.shuffle(chunks)
    return _joined(chunks)


def _drop(chunks: list[Chunk], rng: random.Random) -> bytes:
    del chunks[rng.randrange(len(chunks))]
    return _joined(chunks)


def _repeat(chunks: list[Chunk], rng: random.Random) -> bytes:
    place = rng.randrange(len(chunks))
    chunks[place:place] = [chunks[place]] * rng.choice((1, 5, 300))
    return _joined(chunks)


def _bomb(chunks: list[Chunk], rng: random.Random) -> bytes:
    """Pack hundreds of megabytes of zeros where the pixels should be, behind a header of a large page."""
    side = rng.choice((9000, 15_000))
    chunks[0] = (b"IHDR", struct.pack(">IIBBBBB", side, side, *chunks[0][1][8:13]))
    chunks[1:] = [(b"IDAT", _zeros()), (b"IEND", b"")]
    return _joined(chunks)


def _text_bomb(chunks: list[Chunk], rng: random.Random) -> bytes:
    name, head = rng.choice(((b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"a\0\1\0\0\0")))
    chunks[1:1] = [(name, head + _zeros())] * rng.choice((1, 3))
    return _joined(chunks)


def _length(chunks: list[Chunk], rng: random.Random) -> bytes:
    out = bytearray(_joined(chunks))
    at = _HEAD + sum(12 + len(content) for _, content in chunks[: rng.randrange(len(chunks))])
    out[at : at + 4] = rng.choice((0, 1, 1 << 20, (1 << 31) - 1, (1 << 32) - 1)).to_bytes(4, "big")
    return bytes(out)


@cache
def _zeros() -> bytes:
    packer = zlib.compressobj(9)
    block = b"\0" * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(_BOMB >> 20)) + packer.flush()
