"""Write what was found of a page where the caller asked for it."""

from collections.abc import Callable
from pathlib import Path


class OutputFailed(Exception):
    """A picture or a text cannot be written; the words name it, and blame no scan."""


def write_output(path: Path, write: Callable[[Path], object]) -> None:
    """Have a file written; its folder is made.

    Raises: OutputFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
    except OSError as error:
        raise OutputFailed(f"無法寫入 {path} Cannot be written: {error.strerror or error}.") from error
