"""A date is offered where lookalikes hide one, and only one."""

import pytest

from domain.calendar import infer_date


@pytest.mark.parametrize(
    ("read", "date"),
    [
        ("大正元年八月二曰", "大正元年八月二日"),
        ("明冶三十年五月三目", "明治三十年五月三日"),
        ("明治三十九牛五月三日", "明治三十九年五月三日"),
        ("大正ニ年ハ月三日", "大正二年八月三日"),
    ],
)
def test_one_date_comes_of_the_lookalikes(read: str, date: str) -> None:
    found = infer_date(read)
    assert found is not None
    assert found.written == date


@pytest.mark.parametrize("text", ["大正元年八月二日", "大正十三月", "林阿水", "", "昭和九年二月三十日"])
def test_nothing_is_offered_for_a_date_or_for_none(text: str) -> None:
    assert infer_date(text) is None


def test_nothing_is_offered_where_two_dates_are_possible() -> None:
    """入 may be 八, 土 十 or 七: no telling the day."""
    assert infer_date("大正元年八月土日") is None
