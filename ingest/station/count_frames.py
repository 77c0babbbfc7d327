"""How many frames a TIFF holds, by its chain of directories (TIFF 6.0 §2; BigTIFF)."""

import struct
from pathlib import Path
from typing import BinaryIO

_MOST = 5_000


def count_frames(path: Path) -> int | None:
    """Return the frames of a TIFF; None for a PDF or a broken chain: the server counts or refuses those."""
    if path.suffix.lower() == ".pdf":
        return None
    with path.open("rb") as file:
        head = file.read(16)
        if head[:4] in {b"II*\0", b"MM\0*"}:
            return _follow(file, "<" if head[:2] == b"II" else ">", head[4:8], "I", "H", 12)
        if head[:4] in {b"II+\0", b"MM\0+"}:
            return _follow(file, "<" if head[:2] == b"II" else ">", head[8:16], "Q", "Q", 20)
    return 1


def _follow(file: BinaryIO, order: str, first: bytes, offset: str, count: str, entry: int) -> int | None:
    """Walk the directories; `offset` and `count` are struct codes, `entry` the bytes of one tag."""
    seen: set[int] = set()
    try:
        (at,) = struct.unpack(order + offset, first)
        while at:
            if at in seen or len(seen) >= _MOST:
                return None
            seen.add(at)
            file.seek(at)
            (tags,) = struct.unpack(order + count, file.read(struct.calcsize(count)))
            file.seek(at + struct.calcsize("=" + count) + tags * entry)
            (at,) = struct.unpack(order + offset, file.read(struct.calcsize("=" + offset)))
    except (struct.error, OSError, OverflowError):
        return None
    return len(seen) or None
