"""A bag in a folder."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.bags.bag_source import MOST_ENTRIES, Listing
from ingest.batches.defects import Defect

_DEEPEST = 8
"""Folders below one another; ours have one, `data`."""


class FolderBag:
    """The files below one folder; a link is never followed, out of the bag or within it."""

    def __init__(self, root: Path) -> None:
        """Keep the folder."""
        self._root = root

    def list(self) -> Listing:
        """Return every file; see the port."""
        sizes: dict[str, int] = {}
        defects: list[Defect] = []
        for found in _walk(self._root, "", 0):
            if isinstance(found, Defect):
                defects.append(found)
                continue
            sizes[found[0]] = found[1]
            if len(sizes) > MOST_ENTRIES:
                zh, en = f"封包檔案多於 {MOST_ENTRIES} 個", f"the bag holds more than {MOST_ENTRIES} files"
                return Listing({}, (Defect("bag", "too_many_files", zh, en),))
        return Listing(sizes, tuple(defects))

    def open(self, path: str) -> BinaryIO:
        """Return a reader; see the port."""
        # A link put in the file's place since it was listed is refused by the system itself.
        descriptor = os.open(self._root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        return os.fdopen(descriptor, "rb")

    def close(self) -> None:
        """Let go of nothing: every reader is closed by whoever opened it."""


def _walk(folder: Path, below: str, depth: int) -> Iterator[Defect | tuple[str, int]]:
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = below + entry.name
        state = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(state.st_mode):
            yield path, state.st_size
        elif stat.S_ISDIR(state.st_mode) and depth < _DEEPEST:
            yield from _walk(Path(entry.path), path + "/", depth + 1)
        elif stat.S_ISDIR(state.st_mode):
            yield Defect(path[:200], "too_deep", "資料夾層數過多", "folders lie too deep below one another")
        else:
            zh, en = "封包中只可有一般檔案,不可有連結", "a bag holds plain files, and no links"
            yield Defect(path[:200], "not_a_file", zh, en)
