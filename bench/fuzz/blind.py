"""Mutations that know nothing of the format: what line faults, bad disks and cut transfers do."""

import random

_MARKS = (b"\0", b"\xff", b"\x80", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0\0\0\0\0")


def flip_bits(data: bytes, rng: random.Random) -> bytes:
    """Flip 1 to 64 bits, half of the time in the first kilobyte, where the headers are."""
    out = bytearray(data)
    end = len(out) if rng.random() < 0.5 else min(1024, len(out))
    for _ in range(rng.randint(1, 64)):
        out[rng.randrange(end)] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut_off(data: bytes, rng: random.Random) -> bytes:
    """Keep the first part."""
    return data[: rng.randrange(len(data))]


def overwrite(data: bytes, rng: random.Random) -> bytes:
    """Overwrite a block with noise, or with one byte."""
    start, size = _block(data, rng)
    block = rng.randbytes(size) if rng.random() < 0.5 else rng.choice((b"\0", b"\xff")) * size
    return data[:start] + block + data[start + size :]


def leave_out(data: bytes, rng: random.Random) -> bytes:
    """Leave out a block."""
    start, size = _block(data, rng)
    return data[:start] + data[start + size :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Repeat a block up to 20 times."""
    start, size = _block(data, rng)
    return data[:start] + data[start : start + size] * rng.randint(2, 20) + data[start + size :]


def exchange(data: bytes, rng: random.Random) -> bytes:
    """Exchange two halves of a block."""
    start, size = _block(data, rng)
    middle = start + size // 2
    return data[:start] + data[middle : start + size] + data[start:middle] + data[start + size :]


def set_marks(data: bytes, rng: random.Random) -> bytes:
    """Write the numbers that break counters at a few places."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, mark = rng.randrange(len(out)), rng.choice(_MARKS)
        out[at : at + len(mark)] = mark[: len(out) - at]
    return bytes(out)


BLIND = (flip_bits, cut_off, overwrite, leave_out, repeat, exchange, set_marks)


def _block(data: bytes, rng: random.Random) -> tuple[int, int]:
    size = min(len(data) - 1, 1 << rng.randint(0, 13))
    return rng.randrange(len(data) - size), size
