"""Say a fault of a page in words: what was measured, what to do, and where, in two languages."""

from collections.abc import Mapping
from typing import Any

VERDICTS = {"flag": "請核對 flag", "refuse": "宜重掃 refuse"}


def tell_fault(check: str, finding: Mapping[str, Any], place: str | None = None) -> str:
    """Return one line: the check and its verdict, the finding's own sentences, its place.

    `place` names the place as the reader sees it; the box in pixels of the file if None.
    """
    told = f"{check} {VERDICTS[finding['verdict']]}: {finding['zh']} {finding['en']}"
    return f"{told} ({_place(finding['where']) if place is None else place})"


def tell_measure(zh: str) -> str:
    """Return the first clause of a finding's sentence, which says what was measured."""
    return zh.replace("；", ";").partition(";")[0]


def _place(where: list[int] | None) -> str:
    if where is None:
        return "整頁 whole page"
    x0, y0, x1, y1 = where
    return f"位置 at {x0},{y0}–{x1},{y1}"
