"""Write dates for people."""

from datetime import date
from typing import Literal

from domain.calendar.convert import convert
from domain.calendar.numerals import to_chinese
from domain.calendar.written_date import EraDate, WrittenDate

Numerals = Literal["arabic", "chinese"]


def format_date(on: date, era: str = "民國", numerals: Numerals = "arabic") -> str:
    """That day in the era: 民國35年5月6日, 明治四十五年七月三十日, 大正元年7月30日.

    Raises:
        KeyError: no such era is known.
        InvalidDate: the day cannot be told in the era.
    """
    return _format(convert(on, era), numerals)


def format_written(written: WrittenDate, numerals: Numerals = "arabic") -> str:
    """A written date in one even form, with what is not known left out; as written where the year is open."""
    if written.era is None or written.year is None:
        return written.written
    months = written.month
    told = EraDate(written.era, written.year, months, None if months is None else written.day)
    return _format(told, numerals, leap=written.leap_month)


def _format(told: EraDate, numerals: Numerals, *, leap: bool = False) -> str:
    first = told.year == 1 and told.era not in ("西元", "民前")
    text = told.era + ("元" if first else _number(told.year, numerals)) + "年"
    if told.month is not None:
        text += ("閏" if leap else "") + _number(told.month, numerals) + "月"
        if told.day is not None:
            text += _number(told.day, numerals) + "日"
    return text


def _number(number: int, numerals: Numerals) -> str:
    return to_chinese(number) if numerals == "chinese" else str(number)
