"""Ranges of days, for searching."""

from datetime import date

import pytest

from domain.calendar import DateRange, InvalidDate, parse_date, parse_range


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("明治30年~大正元年", date(1897, 1, 1), date(1912, 12, 31)),
        ("明治三十年 至 明治三十一年五月", date(1897, 1, 1), date(1898, 5, 31)),
        ("大正五年", date(1916, 1, 1), date(1916, 12, 31)),
        ("～昭和3年", None, date(1928, 12, 31)),
        ("1900-01-01~", date(1900, 1, 1), None),
    ],
)
def test_parse_range(text: str, earliest: date | None, latest: date | None) -> None:
    assert parse_range(text) == DateRange(earliest, latest)


@pytest.mark.parametrize("text", ["", "~", "大正5年~明治30年", "大正5年~6年", "a~b~c"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate):
        parse_range(text)


def test_overlap_holds_and_the_unknown() -> None:
    meiji_30 = parse_range("明治30年")
    assert meiji_30.overlaps(parse_date("明治三■年"))
    assert not meiji_30.overlaps(parse_date("明治29年"))
    assert meiji_30.overlaps(parse_date("■■三十年"))
    assert meiji_30.holds(date(1897, 12, 31))
    assert not meiji_30.holds(date(1898, 1, 1))
