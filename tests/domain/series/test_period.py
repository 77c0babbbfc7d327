"""Which days a series' registers cover, and what its date fields make of it."""

from datetime import date

import pytest

from domain.series import InvalidSeries, Period, load_series, parse_series
from tests.domain.series.test_parse_series import GOOD

BORN = """[[fields]]
key = "born"
level = "person"
kind = "date"
labels = ["出生"]
english = "Born"
masked = false
"""
PERIOD = "[period]\nfirst = 1906-01-01\nlast = 1945-12-31\n"
FIRST, LAST = date(1906, 1, 1), date(1945, 12, 31)


def test_a_date_has_the_period_of_its_series_or_its_own() -> None:
    """Other kinds have none."""
    series = parse_series(GOOD + BORN + PERIOD)
    assert (series.period, series.field("born").period) == (Period(FIRST, LAST), Period(FIRST, LAST))
    assert series.field("holder").period == Period()
    own = parse_series(GOOD + BORN + "first = 1796-01-01\n" + PERIOD)
    assert own.field("born").period == Period(date(1796, 1, 1), LAST)


def test_a_period_may_be_left_out_or_open() -> None:
    assert parse_series(GOOD + BORN).field("born").period == Period()
    assert parse_series(GOOD + BORN + "[period]\nfirst = 1946-01-01\n").period.last is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (BORN + PERIOD.replace("1906-01-01", '"1906"'), "period: first must be a day without quotes"),
        (BORN + PERIOD.replace("1906-01-01", "1906-01-01T00:00:00"), "period: first must be a day"),
        (BORN + PERIOD.replace("1906", "1956"), "period: first must not be after last"),
        (BORN + PERIOD + "until = 1945-12-31\n", "period: unknown key 'until'"),
        (BORN + "first = 1950-01-01\n" + PERIOD, "(born): first must not be after last"),
        (BORN + "last = 1950\n" + PERIOD, "(born): last must be a day"),
        (BORN.replace('"date"', '"text"') + "first = 1906-01-01\n", "first may bound a date alone"),
    ],
)
def test_each_defect_is_named(text: str, part: str) -> None:
    with pytest.raises(InvalidSeries) as caught:
        parse_series(GOOD + text)
    assert any(part in defect for defect in caught.value.defects)


def test_a_period_is_a_table() -> None:
    with pytest.raises(InvalidSeries, match="period: must be a table"):
        parse_series("period = 1906\n" + GOOD)


@pytest.mark.parametrize("key", ["colonial_register", "colonial_removed_register"])
def test_a_colonial_register_ends_with_the_first_registration_and_births_begin_long_before(key: str) -> None:
    """It was written in until that took its place, in the autumn of 民國35."""
    series = load_series(key)
    assert series.period == Period(FIRST, date(1946, 12, 31))
    born = series.field("birth_date").period
    assert (born.first or FIRST) < date(1800, 1, 1)
    assert born.last == series.period.last


def test_registers_without_an_end_are_open() -> None:
    """The computers came in 1997; applications are made today too, of marriages long ago."""
    assert load_series("household_registration").period.last == date(1997, 12, 31)
    applications = load_series("registration_application")
    assert applications.period == Period(date(1946, 1, 1), None)
    assert applications.field("married_on").period.first == FIRST
