"""民國 and Japanese eras: parse, convert, format, ranges.

A date is kept as written; what is derived stands beside it: era, precision, earliest and latest Gregorian
day, certainty, remarks. What is subtle:

* Both eras are legal on the day of change (1912-07-30, 1926-12-25). An era written on after its end is
  accepted for five years, with the remark `expired_era`; its year goes on counting.
* Japan was lunisolar to 明治5.12.2 (1872-12-31), Qing China throughout. Such dates have precision `year`, and
  since a lunisolar year starts between 20 January and 21 February, the year's range reaches from 20 January
  to 20 February of the next year, cut to the era.
* 民前 counts down from 1911 = 民前1; there is no year 0.
* ■ □ ? stand for one unreadable character each: 明治三■年 is 30 to 39. A number of nothing but such signs may
  be any number, for nobody counts the characters of what cannot be read.
* Whether a date can stand in a register (its years, and today) is asked apart, by `bound_date`.
* Precision `era` is coarser than a year: only the range holds. Precision `unknown` has no range.
"""

from domain.calendar.bound_date import bound_date
from domain.calendar.convert import convert, eras_on
from domain.calendar.date_range import DateRange, parse_range
from domain.calendar.eras import Era, all_eras, era_named
from domain.calendar.format_date import format_date, format_written
from domain.calendar.infer_date import infer_date
from domain.calendar.parse_date import parse_date
from domain.calendar.written_date import EraDate, InvalidDate, Precision, Remark, WrittenDate, remark_text

__all__ = [
    "DateRange",
    "Era",
    "EraDate",
    "InvalidDate",
    "Precision",
    "Remark",
    "WrittenDate",
    "all_eras",
    "bound_date",
    "convert",
    "era_named",
    "eras_on",
    "format_date",
    "format_written",
    "infer_date",
    "parse_date",
    "parse_range",
    "remark_text",
]
