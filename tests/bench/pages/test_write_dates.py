"""Dates are written with the era of their day."""

from datetime import date

import pytest

from bench.pages.write_dates import write_date, write_number


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (1, "plain", "一"),
        (10, "plain", "十"),
        (20, "plain", "二十"),
        (38, "plain", "三十八"),
        (100, "plain", "百"),
        (120, "plain", "百二十"),
        (409, "plain", "四百九"),
        (1911, "plain", "千九百十一"),
        (12, "legal", "壹拾貳"),
        (38, "legal", "參拾八"),
        (28, "short", "廿八"),
        (30, "short", "卅"),
        (13, "short", "十三"),
        (128, "short", "百二十八"),
    ],
)
def test_numbers(number: int, style: str, written: str) -> None:
    assert write_number(number, style) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(1905, 5, 12), "明治三十八年五月十二日"),
        (date(1912, 7, 29), "明治四十五年七月二十九日"),
        (date(1912, 7, 30), "大正元年七月三十日"),
        (date(1926, 12, 24), "大正十五年十二月二十四日"),
        (date(1926, 12, 25), "昭和元年十二月二十五日"),
        (date(1866, 3, 5), "慶應二年三月五日"),
        (date(1868, 1, 1), "明治元年一月一日"),
    ],
)
def test_dates(day: date, written: str) -> None:
    assert write_date(day) == written


def test_a_day_before_the_first_era_is_refused() -> None:
    with pytest.raises(ValueError, match="before 文政"):
        write_date(date(1817, 12, 31))
