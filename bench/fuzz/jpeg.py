"""Mutations of a JPEG's segments: sizes, tables, order, scans without end."""

import random
from collections.abc import Iterator

_SOF = {0xC0, 0xC1, 0xC2}
_MOST_SCANS = 400


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the file with its segments changed."""
    segments = list(_segments(data))
    act = rng.choice((_size, _size, _set_byte, _set_byte, _length, _shuffle, _drop, _many_scans, _trailer))
    return act(segments, rng)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment; coded data follows its start of scan in one piece."""
    at = 0
    while at + 1 < len(data):
        code = data[at + 1]
        length = 0 if code in (0xD8, 0xD9) else int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if code == 0xDA:
            while end + 1 < len(data) and not (
                data[end] == 0xFF and data[end + 1] not in (0, *range(0xD0, 0xD8))
            ):
                end += 1
        yield code, data[at:end]
        at = end


def _joined(segments: list[tuple[int, bytes]]) -> bytes:
    return b"".join(content for _, content in segments)


def _size(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    side = rng.choice((0, 1, 9000, 15_000, 32_000, 65_535))
    first = rng.choice((5, 7))

    def resized(content: bytes) -> bytes:
        out = bytearray(content)
        out[first : first + 2] = side.to_bytes(2, "big")
        if rng.random() < 0.5:
            out[5:9] = side.to_bytes(2, "big") * 2
        return bytes(out)

    return _joined([(code, resized(one) if code in _SOF else one) for code, one in segments])


def _set_byte(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    place = rng.choice([at for at, (_, one) in enumerate(segments) if len(one) > 4])
    code, content = segments[place]
    out = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        out[rng.randrange(2, min(len(out), 40))] = rng.choice((0, 1, 2, 3, 17, 127, 128, 254, 255))
    segments[place] = (code, bytes(out))
    return _joined(segments)


def _length(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    place = rng.choice([at for at, (_, one) in enumerate(segments) if len(one) > 4])
    code, content = segments[place]
    length = rng.choice((0, 1, 2, 3, 65_535, rng.randrange(65_536)))
    segments[place] = (code, content[:2] + length.to_bytes(2, "big") + content[4:])
    return _joined(segments)


def _shuffle(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    middle = segments[1:-1]
    rng.shuffle(middle)
    return _joined([segments[0], *middle, segments[-1]])


def _drop(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    del segments[rng.randrange(1, len(segments))]
    return _joined(segments)


def _many_scans(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    """Repeat a scan: each pass over a large progressive picture costs as much as the whole."""
    scans = [at for at, (code, _) in enumerate(segments) if code == 0xDA]
    if scans:
        place = rng.choice(scans)
        segments[place:place] = [segments[place]] * rng.randint(2, _MOST_SCANS)
    return _size(segments, rng) if rng.random() < 0.5 else _joined(segments)


def _trailer(segments: list[tuple[int, bytes]], rng: random.Random) -> bytes:
    tail = rng.choice((b"\xff\xd8" * 50, rng.randbytes(5000), b"\xff" * 70_000, _joined(segments)))
    return _joined(segments) + tail
