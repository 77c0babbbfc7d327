"""What a check answers."""

from dataclasses import dataclass
from typing import Literal

from imaging.arrays import Box

Verdict = Literal["accept", "flag", "refuse"]


@dataclass(frozen=True)
class Finding:
    """A check's value and verdict, where on the page it looks worst, and what to do in two languages.

    A verdict advises: a flagged page goes on, and one refused is kept until it has been scanned again.
    """

    check: str
    value: float
    verdict: Verdict
    where: Box | None
    zh: str
    en: str


def judge(value: float, flag: float, refuse: float | None = None) -> Verdict:
    """Return the verdict of a value that should be small."""
    if refuse is not None and value >= refuse:
        return "refuse"
    return "flag" if value >= flag else "accept"


def judge_low(value: float, flag: float, refuse: float | None = None) -> Verdict:
    """Return the verdict of a value that should be large."""
    return judge(-value, -flag, None if refuse is None else -refuse)
