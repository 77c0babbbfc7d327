"""Whether the disk has room for what comes, told before it hurts."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

WARN_PAGES = 200
"""Pages of the size lately scanned that should still fit."""
_LEAST = 200_000_000
_WARN = 2_000_000_000


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """Bytes free, and how many more pages they are."""

    free: int
    pages: int
    level: Literal["green", "amber", "red"]


def disk_room(folder: Path, page: int) -> DiskRoom:
    """Return the room for pages of `page` bytes; at red, no more is taken: the originals stay."""
    free = shutil.disk_usage(folder).free
    pages = max(0, free - _LEAST) // max(page, 1)
    level: Literal["green", "amber", "red"] = "green"
    if free < max(_WARN, WARN_PAGES * page):
        level = "amber"
    if free < _LEAST + 2 * page:
        level = "red"
    return DiskRoom(free, pages, level)
