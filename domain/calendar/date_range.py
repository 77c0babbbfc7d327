"""Ranges of days, for searching."""

import re
from dataclasses import dataclass
from datetime import date

from domain.calendar.parse_date import parse_date
from domain.calendar.written_date import InvalidDate, WrittenDate

_BETWEEN = re.compile(r"\s*(?:[~～〜至]|到|\.\.|—|——)\s*")


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `earliest` to `latest`, both within; None is open."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "DateRange | WrittenDate") -> bool:
        """Whether some day may be in both; an unknown date may be any day."""
        return _not_after(self.earliest, other.latest) and _not_after(other.earliest, self.latest)

    def holds(self, on: date) -> bool:
        """Whether that day is within."""
        return _not_after(self.earliest, on) and _not_after(on, self.latest)


def parse_range(text: str) -> DateRange:
    """The days a search asks for: one date (as wide as it says), or two with ~ or 至 between.

    One of the two sides may be empty, for a range open there.

    Raises:
        InvalidDate: a side is no date, both are empty, or the range ends before it starts.
    """
    sides = _BETWEEN.split(text.strip())
    if len(sides) > 2 or not any(sides):
        raise InvalidDate(
            "不是日期範圍；請寫如「明治30年~大正元年」。",
            "This is no range of dates; write it like 明治30年~大正元年.",
        )
    first = parse_date(sides[0]).earliest if sides[0] else None
    last = parse_date(sides[-1]).latest if sides[-1] else None
    if not _not_after(first, last):
        raise InvalidDate("起日晚於迄日，請互換。", "The range ends before it starts; exchange its sides.")
    return DateRange(first, last)


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last
