"""Walk a TIFF's image file directories without trusting any of them (TIFF 6.0 §2, BigTIFF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from imaging.decoding.refusal import damaged, truncated

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 18: 8}
# A rational (5) is read as its two numbers.
_CODES = {1: "B", 3: "H", 4: "I", 5: "I", 13: "I", 16: "Q", 18: "Q"}
_NEEDED = {254, 256, 257, 258, 259, 262, 273, 274, 277, 279, 282, 296, 324, 325, 339}
_MAX_ENTRIES = 4096


@dataclass(frozen=True)
class Directory:
    """One directory: its needed tags' values (a rational is two numbers), and its place in the chain."""

    tags: dict[int, tuple[int, ...]]
    index: int

    def first(self, tag: int, default: int = 0) -> int:
        """Return a tag's first value."""
        values = self.tags.get(tag)
        return values[0] if values else default

    def segments(self) -> list[tuple[int, int]]:
        """Return offset and length of each strip or tile."""
        offsets = self.tags.get(324) or self.tags.get(273) or ()
        lengths = self.tags.get(325) or self.tags.get(279) or ()
        return list(zip(offsets, lengths, strict=False))


def walk_directories(data: bytes, most: int) -> Iterator[Directory]:
    """Yield each directory of the main chain, `most` at the most.

    Raises: RefusedImage `truncated` (points beyond the file), `damaged` (a loop, or an impossible directory).
    """
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    at, seen, index = _number(data, order, "Q" if big else "I", 8 if big else 4), set[int](), 0
    while at and index < most:
        if at in seen:
            raise damaged("TIFF")
        seen.add(at)
        tags, at = _read_directory(data, order, big, at)
        yield Directory(tags, index)
        index += 1


def _read_directory(data: bytes, order: str, big: bool, at: int) -> tuple[dict[int, tuple[int, ...]], int]:
    count = _number(data, order, "Q" if big else "H", at)
    if not 0 < count <= _MAX_ENTRIES:
        raise damaged("TIFF")
    start, step = (at + 8, 20) if big else (at + 2, 12)
    tags: dict[int, tuple[int, ...]] = {}
    for entry in range(start, start + count * step, step):
        tag, kind = _number(data, order, "H", entry), _number(data, order, "H", entry + 2)
        if kind in _SIZES:
            where, length = _content(data, order, big, _SIZES[kind], entry)
            if tag in _NEEDED and kind in _CODES:
                code = _CODES[kind]
                form = f"{order}{length // struct.calcsize(code)}{code}"
                tags[tag] = struct.unpack(form, data[where : where + length])
    return tags, _number(data, order, "Q" if big else "I", start + count * step)


def _content(data: bytes, order: str, big: bool, size: int, entry: int) -> tuple[int, int]:
    """Return where a tag's values are, and how many bytes they take; none may lie beyond the file."""
    wide, inline = ("Q", 8) if big else ("I", 4)
    length = _number(data, order, wide, entry + 4) * size
    at = entry + 4 + inline
    if length > inline:
        at = _number(data, order, wide, at)
    if at + length > len(data):
        raise truncated("TIFF")
    return at, length


def _number(data: bytes, order: str, code: str, at: int) -> int:
    size = struct.calcsize(code)
    if at + size > len(data):
        raise truncated("TIFF")
    return int(struct.unpack(order + code, data[at : at + size])[0])
