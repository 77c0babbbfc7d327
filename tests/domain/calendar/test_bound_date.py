"""A date that cannot stand in its register is doubtful, and its remark says why."""

from datetime import date

import pytest

from domain.calendar import Remark, bound_date, parse_date

FIRST, LAST, TODAY = date(1906, 1, 1), date(1945, 12, 31), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "certainty", "remarks"),
    [
        ("昭和五年三月一日", "certain", ()),
        ("明治三十九年", "certain", ()),
        ("昭和二十年十二月三十一日", "certain", ()),
        ("昭和五十年", "doubtful", (Remark.OUTSIDE_PERIOD,)),
        ("明治三十八年十二月三十一日", "doubtful", (Remark.OUTSIDE_PERIOD,)),
        ("民國一百三十年三月一日", "doubtful", (Remark.IN_FUTURE, Remark.OUTSIDE_PERIOD)),
        ("■■三十年", "unreadable", (Remark.ERA_UNREADABLE,)),
    ],
)
def test_only_what_lies_wholly_outside_is_doubted(
    text: str, certainty: str, remarks: tuple[Remark, ...]
) -> None:
    bounded = bound_date(parse_date(text), FIRST, LAST, TODAY)
    assert (bounded.certainty, bounded.remarks) == (certainty, remarks)


def test_what_it_says_stays_as_it_was() -> None:
    """The days are those of the text, with or without a remark."""
    written = parse_date("昭和五十年")
    bounded = bound_date(written, FIRST, LAST, TODAY)
    assert (bounded.earliest, bounded.latest) == (written.earliest, written.latest)


def test_without_a_period_only_today_bounds() -> None:
    """A day is still to come until it is there."""
    written = parse_date("民國一百十五年十一月二十二日")
    assert bound_date(written, None, None, TODAY) == written
    assert bound_date(written, None, None, date(2026, 11, 21)).remarks == (Remark.IN_FUTURE,)
