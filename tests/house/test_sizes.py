"""Small rooms: no Python file of 400 lines, and a second look at 250."""

import warnings
from pathlib import Path

from tests.house.tree import files_ending, read_text

TOO_MANY = 400
LOOK_AGAIN = 250


def too_long(sizes: dict[Path, int]) -> list[str]:
    """Return the files that are too long; tests and migrations may be."""
    return [
        f"{path}: {lines} lines"
        for path, lines in sizes.items()
        if lines >= TOO_MANY and path.parts[0] not in ("tests", "migrations")
    ]


def test_no_file_is_too_long() -> None:
    """No file is too long; those that grow are named in the summary."""
    sizes = {path: len((read_text(path) or "").splitlines()) for path in files_ending(".py")}
    for path, lines in sizes.items():
        if LOOK_AGAIN < lines < TOO_MANY and path.parts[0] != "tests":
            warnings.warn(f"{path} has {lines} lines: look again", stacklevel=1)
    assert not too_long(sizes)


def test_long_files_are_seen() -> None:
    """A product file of 400 lines is reported, a test of 400 is not."""
    sizes = {Path("domain/long.py"): 400, Path("domain/short.py"): 399, Path("tests/long.py"): 900}
    assert too_long(sizes) == ["domain/long.py: 400 lines"]
