"""Read lines by a program that may die of one of them, without losing the others."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.ocr.port import Reading

SEVERAL = 3
"""Of so many lines a program that works reads one: where it dies of each, it is no line's fault."""

Reader = Callable[[Sequence[Path]], list[Reading]]
"""Reads one line a file by one start of the program; raises ProgramDied."""

_log = logging.getLogger(__name__)


class ProgramDied(RuntimeError):
    """An engine's program died of what it was shown; the message is the name of the signal that ended it."""


def read_apart(lines: Sequence[Path], read: Reader) -> list[Reading]:
    """Read lines all at once, or where the program dies of that, in ever smaller parts; one reading a line.

    Nothing is read in a line that it dies of alone; how many those are is logged.

    Raises:
        ProgramDied: it dies of several lines out of all, each shown alone, and reads none.
    """
    try:
        return read(lines)
    except ProgramDied as died:
        _require_one_read(lines, read)
        lost: Counter[str] = Counter()
        readings = _halve(lines, read, lost, died)
    for ended, count in lost.items():
        _log.warning(
            "辨識時中斷 The engine died (%s) of %d of %d lines; these are lost", ended, count, len(lines)
        )
    return readings


def _require_one_read(lines: Sequence[Path], read: Reader) -> None:
    """Show the first, the middle and the last line alone, up to one that is read: halving to tell that none
    is takes twice as many starts as there are lines."""
    if len(lines) < SEVERAL:
        return
    *others, last = lines[0], lines[len(lines) // 2], lines[-1]
    for line in others:
        try:
            read([line])
        except ProgramDied:
            continue
        return
    read([last])


def _halve(
    lines: Sequence[Path],
    read: Reader,
    lost: Counter[str],
    died: ProgramDied,
) -> list[Reading]:
    """Read both halves of lines that the program died of; `lost` counts lines by what ended it."""
    if len(lines) == 1:
        lost[str(died)] += 1
        return [Reading("", 0.0)]
    readings: list[Reading] = []
    for half in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
        try:
            readings += read(half)
        except ProgramDied as again:
            readings += _halve(half, read, lost, again)
    return readings
