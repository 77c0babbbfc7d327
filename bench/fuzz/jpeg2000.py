"""Mutations of JPEG 2000: box lengths, and the sizes, tiles, levels and layers of the code stream."""

import random
import struct

_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"ihdr", b"colr", b"jp2c", b"bpcc", b"res ")
_SIZ, _COD, _QCD, _SOT = b"\xff\x51", b"\xff\x52", b"\xff\x5c", b"\xff\x90"


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the file with a box or a marker segment made to lie."""
    act = rng.choice((_box, _size, _size, _tiles, _components, _coding, _quantisation, _tile_part, _nest))
    return act(data, rng)


def _box(data: bytes, rng: random.Random) -> bytes:
    found = [at for name in _BOXES if (at := data.find(name)) >= 4]
    if not found:
        return _size(data, rng)
    out, at = bytearray(data), rng.choice(found) - 4
    out[at : at + 4] = rng.choice((0, 1, 2, 7, 8, 12, 1 << 20, (1 << 31) - 1, (1 << 32) - 1)).to_bytes(
        4, "big"
    )
    return bytes(out)


def _size(data: bytes, rng: random.Random) -> bytes:
    sides = (0, 1, 9000, 15_800, 32_000, 65_536, (1 << 31) - 1, (1 << 32) - 1)
    side = rng.choice(sides)
    values = (
        {rng.randrange(4): rng.choice(sides)} if rng.random() < 0.3 else {0: side, 1: side, 4: side, 5: side}
    )
    return _set_siz(data, values)


def _tiles(data: bytes, rng: random.Random) -> bytes:
    """Cut the page into millions of tiles."""
    side = rng.choice((1, 2, 3, 64))
    page = rng.choice((None, 15_000))
    values = {4: side, 5: side} if page is None else {0: page, 1: page, 4: side, 5: side}
    return _set_siz(data, values)


def _set_siz(data: bytes, values: dict[int, int]) -> bytes:
    out, at = bytearray(data), data.find(_SIZ)
    for place, value in values.items():
        struct.pack_into(">I", out, at + 6 + 4 * place, value)
    return bytes(out)


def _components(data: bytes, rng: random.Random) -> bytes:
    out, at = bytearray(data), data.find(_SIZ)
    if rng.random() < 0.4:
        out[at + 38 : at + 40] = rng.choice((0, 1, 2, 5, 16_384, 65_535)).to_bytes(2, "big")
    else:
        out[at + 40 + rng.randrange(3)] = rng.choice((0, 1, 2, 15, 31, 37, 127, 255))
    return bytes(out)


def _coding(data: bytes, rng: random.Random) -> bytes:
    """Change progression, layers (2 bytes), transform, levels, code-block size."""
    out, at = bytearray(data), data.find(_COD)
    for _ in range(rng.randint(1, 3)):
        out[at + rng.randrange(4, 14)] = rng.choice((0, 1, 2, 5, 10, 32, 33, 127, 255))
    return bytes(out)


def _quantisation(data: bytes, rng: random.Random) -> bytes:
    out, at = bytearray(data), data.find(_QCD)
    for _ in range(rng.randint(1, 5)):
        out[at + rng.randrange(2, 14)] = rng.randrange(256)
    return bytes(out)


def _tile_part(data: bytes, rng: random.Random) -> bytes:
    out, at = bytearray(data), data.find(_SOT)
    place, size = rng.choice(((4, 2), (6, 4), (10, 1), (11, 1)))
    value = rng.choice((0, 1, 11, 12, 14, 255, 65_535, (1 << 32) - 1)) & ((1 << 8 * size) - 1)
    out[at + place : at + place + size] = value.to_bytes(size, "big")
    return bytes(out)


def _nest(data: bytes, rng: random.Random) -> bytes:
    """Put boxes into boxes, thousands deep."""
    name, depth = rng.choice((b"jp2h", b"res ")), rng.choice((10, 2000, 20_000))
    total = 8 * depth
    nested = b"".join(struct.pack(">I", total - 8 * at) + name for at in range(depth))
    at = data.find(b"jp2h") - 4
    return data[:at] + nested + data[at:] if at > 0 else data
