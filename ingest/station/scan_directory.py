"""Which files of a folder are scans, in the order of their pages."""

import re
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset(
    {
        ".tif",
        ".tiff",
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".jp2",
        ".jpx",
        ".jpf",
        ".j2k",
        ".j2c",
        ".pdf",
    }
)
"""What the server takes, by name; what is in a file is judged there."""


@dataclass(frozen=True, slots=True)
class Scans:
    """The scans of a folder in natural order, and the names of what was skipped."""

    files: tuple[Path, ...]
    skipped: tuple[str, ...]


def scan_directory(folder: Path) -> Scans:
    """Return the folder's scans; folders and hidden files are no scans and are not listed as skipped.

    Raises:
        OSError: the folder cannot be read.
    """
    entries = sorted(
        (path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")),
        key=lambda path: natural_key(path.name),
    )
    scans = tuple(path for path in entries if path.suffix.lower() in SUFFIXES)
    skipped = tuple(path.name for path in entries if path.suffix.lower() not in SUFFIXES)
    return Scans(scans, skipped)


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which page 2 comes before page 10, whatever case or leading zeros were used."""
    pieces = re.findall(r"\d+|\D+", name.casefold())
    return (*((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in pieces), (2, 0, name))
