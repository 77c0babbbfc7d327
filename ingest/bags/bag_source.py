"""A bag's files, wherever they lie: in a folder or in a ZIP archive."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from ingest.batches.check_manifest import MOST_FILES
from ingest.batches.defects import Defect

MOST_ENTRIES = MOST_FILES + 1000
"""Files of a bag; a batch holds no more, and a bag has few files besides."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source holds: sizes in bytes by path, and what may not be in a bag at all."""

    sizes: Mapping[str, int]
    defects: tuple[Defect, ...] = field(default=())


class BagSource(Protocol):
    """The files of one bag, by their paths from its root, `/` between the parts."""

    def list(self) -> Listing:
        """Return every file; what is no plain file is a defect and is left out."""
        ...

    def open(self, path: str) -> BinaryIO:
        """Return a reader of a listed file that can seek; raises OSError."""
        ...

    def close(self) -> None:
        """Let go of the source."""
        ...


def is_inside(path: str) -> bool:
    """Tell whether a path stays within the bag, on every system it may be unpacked on."""
    parts = path.split("/")
    return (
        bool(path)
        and "\\" not in path
        and "\0" not in path
        and not any(part in {"", ".", ".."} for part in parts)
        and not path.startswith("~")
        and not (len(parts[0]) >= 2 and parts[0][1] == ":")
    )


def folded(path: str) -> str:
    """Return what is equal for paths that Windows or macOS would hold for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def clashes(paths: Mapping[str, int]) -> tuple[Defect, ...]:
    """Return the paths that differ in case or composition alone."""
    first: dict[str, str] = {}
    found = []
    for path in paths:
        if (other := first.setdefault(folded(path), path)) != path:
            zh, en = f"與 {other[:80]} 僅大小寫不同", f"it differs from {other[:80]} in case alone"
            found.append(Defect(path[:200], "case_clash", zh, en))
    return tuple(found)
