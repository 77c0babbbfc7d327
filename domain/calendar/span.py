"""The Gregorian days that an era's year, month and day may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.eras import Era
from domain.calendar.written_date import Remark

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a date may say: every possible year; months and days are empty where not written."""

    years: Sequence[int]
    months: Sequence[int] = ()
    days: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """First and last possible day, and what has to be said of them."""

    earliest: date
    latest: date
    remarks: tuple[Remark, ...] = ()


def span_of(era: Era, parts: Parts) -> Span | None:
    """The days the parts may be, cut to the era where they reach into it; None where there is no such day."""
    years = sorted(era.gregorian_year(year) for year in parts.years)
    firsts = (first for year in years for first, _ in _spans_in(era, year, parts))
    lasts = (last for year in reversed(years) for _, last in reversed(list(_spans_in(era, year, parts))))
    earliest, latest = next(firsts, None), next(lasts, None)
    if earliest is None or latest is None:
        return None
    return _cut(era, earliest, latest)


def _spans_in(era: Era, year: int, parts: Parts) -> Iterator[tuple[date, date]]:
    if era.lunisolar_until is not None and year <= era.lunisolar_until.year:
        yield date(year, 1, 20), min(date(year + 1, 2, 20), era.lunisolar_until)
        return
    for month in parts.months or range(1, 13):
        last = _last_day(year, month)
        days = [day for day in parts.days or range(1, last + 1) if day <= last]
        if days:
            yield date(year, month, min(days)), date(year, month, max(days))


def _cut(era: Era, earliest: date, latest: date) -> Span:
    if era.last is not None and earliest > era.last:
        return Span(earliest, latest, (Remark.EXPIRED_ERA,))
    if era.first is not None and latest < era.first:
        return Span(earliest, latest, (Remark.BEFORE_ERA,))
    return Span(max(earliest, era.first or earliest), min(latest, era.last or latest))


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - _DAY).day
