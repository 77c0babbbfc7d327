"""Read a date as registers write it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.calendar.eras import Era
from domain.calendar.numerals import SIGNS, UNREADABLE, readings, to_signs
from domain.calendar.span import Parts, Span, span_of
from domain.calendar.split_era import split_era
from domain.calendar.written_date import Certainty, InvalidDate, Precision, Remark, WrittenDate

_NUMBER = f"[{SIGNS}]+"
_IN_UNITS = re.compile(
    rf"(?P<y>{_NUMBER})年(?:(?P<leap>閏|闰)?(?P<m>{_NUMBER})月(?:(?P<d>{_NUMBER})日)?)?生?\Z"
)
_IN_POINTS = re.compile(rf"(?P<y>{_NUMBER})(?:(?P<p>[./-])(?P<m>{_NUMBER})(?:(?P=p)(?P<d>{_NUMBER}))?)?\Z")
_POINTS = str.maketrans("．。・、／－‐–—", "..../----")
_DOUBTFUL = {Remark.BEFORE_ERA, Remark.NO_SUCH_DAY}


@dataclass(frozen=True, slots=True)
class _Signs:
    year: str
    month: str
    day: str
    leap: bool


def parse_date(text: str) -> WrittenDate:
    """What a written date says: 明治三十年五月三日, 民國35.5.6, 大正元年, 1912-07-30, 昭和■年.

    Raises:
        InvalidDate: the text is no date, or names a day that its calendar never had.
    """
    era, tail = split_era("".join(text.split()).translate(_POINTS))
    signs = _signs_of(tail)
    if era is None:
        remarks = (Remark.ERA_UNREADABLE,)
        return WrittenDate(text, None, "unknown", None, None, "unreadable", remarks)
    parts = _parts(era, signs)
    span = span_of(era, parts)
    if span is None:
        raise InvalidDate("並無此日，請核對月、日。", "There is no such day; check month and day.")
    return _written(text, era, signs, parts, span)


def _signs_of(tail: str) -> _Signs:
    signs = to_signs(tail)
    found = _IN_UNITS.match(signs) or _IN_POINTS.match(signs)
    if not found:
        raise InvalidDate(
            "不是日期；請寫如「明治三十年五月三日」、「民國35.5.6」。",
            "This is no date; write it like 明治三十年五月三日 or 民國35.5.6.",
        )
    named = found.groupdict()
    return _Signs(named["y"], named["m"] or "", named["d"] or "", bool(named.get("leap")))


def _parts(era: Era, signs: _Signs) -> Parts:
    parts = Parts(
        years=_read(signs.year, era.written_years(), "年", "year"),
        months=_read(signs.month, range(1, 13), "月", "month") if signs.month else (),
        days=_read(signs.day, range(1, 32), "日", "day") if signs.day else (),
    )
    lunisolar = [year for year in parts.years if era.is_lunisolar_in(era.gregorian_year(year))]
    if signs.leap and not lunisolar:
        raise InvalidDate("陽曆無閏月，請核對年、月。", "The solar calendar has no leap months.")
    if len(lunisolar) == len(parts.years) and set(parts.days) == {31}:
        raise InvalidDate("陰曆每月至多三十日，請核對日。", "Lunisolar months have thirty days at most.")
    return parts


def _read(signs: str, candidates: Sequence[int], zh: str, en: str) -> tuple[int, ...]:
    found = readings(signs, candidates)
    if not found:
        low, high = candidates[0], candidates[-1]
        raise InvalidDate(
            f"{zh}不合；須為{low}至{high}。",
            f"The {en} is not possible; it would have to be from {low} to {high}.",
        )
    return found


def _written(text: str, era: Era, signs: _Signs, parts: Parts, span: Span) -> WrittenDate:
    year, month, day = _only(parts.years), _only(parts.months), _only(parts.days)
    lunisolar = year is not None and era.is_lunisolar_in(era.gregorian_year(year))
    unreadable = (Remark.UNREADABLE,) if UNREADABLE in to_signs(text) else ()
    remarks = (
        *span.remarks,
        *unreadable,
        *_remarks(era, lunisolar and bool(signs.month), (year, month, day)),
    )
    unknown_year = set(signs.year) == {UNREADABLE}
    return WrittenDate(
        written=text,
        era=era.name,
        precision=_precision(year, None if lunisolar else month, day),
        earliest=None if unknown_year and era.first is None else span.earliest,
        latest=None if unknown_year and era.last is None else span.latest,
        certainty=_certainty(remarks),
        remarks=remarks,
        year=year,
        month=month,
        day=day,
        leap_month=signs.leap,
    )


def _remarks(era: Era, year_only: bool, ymd: tuple[int | None, int | None, int | None]) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    if year_only:
        remarks.append(Remark.LUNISOLAR)
    year, month, day = ymd
    if era.name == "明治" and (year, month) == (5, 12) and (day or 0) > 2:
        remarks.append(Remark.NO_SUCH_DAY)
    return tuple(remarks)


def _precision(year: int | None, month: int | None, day: int | None) -> Precision:
    if year is None:
        return "era"
    if month is None:
        return "year"
    return "month" if day is None else "day"


def _certainty(remarks: tuple[Remark, ...]) -> Certainty:
    if Remark.UNREADABLE in remarks:
        return "unreadable"
    return "doubtful" if _DOUBTFUL.intersection(remarks) else "certain"


def _only(numbers: Sequence[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None
