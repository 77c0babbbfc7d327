"""Deadlines run from the day after receipt, in working days, in Taiwan's time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from index_service.requests.due_dates import day_of, due_after, is_working_day, working_days_passed

MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOLIDAYS = frozenset({date(2026, 2, 16), date(2026, 2, 17)})


def test_receipt_late_in_the_utc_day_is_the_next_day_in_taiwan() -> None:
    # 17:00 UTC on Friday is 01:00 on Saturday in Taiwan: the first working day is Monday.
    friday = datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert day_of(friday) == date(2026, 11, 21)
    assert day_of(due_after(friday, 1, frozenset())) == date(2026, 11, 23)


def test_holidays_do_not_count() -> None:
    friday = datetime(2026, 2, 13, 2, tzinfo=UTC)
    assert day_of(due_after(friday, 1, HOLIDAYS)) == date(2026, 2, 18)
    assert day_of(due_after(friday, 1, frozenset())) == date(2026, 2, 16)


@given(MOMENTS, st.integers(1, 60))
def test_the_due_day_is_a_working_day_and_as_many_have_passed(at: datetime, days: int) -> None:
    due = due_after(at, days, HOLIDAYS)
    assert is_working_day(day_of(due), HOLIDAYS)
    assert working_days_passed(at, due, HOLIDAYS) == days
    assert due > at


@given(MOMENTS, st.integers(0, 30), st.integers(0, 30))
def test_working_days_add_up(at: datetime, first: int, second: int) -> None:
    middle, end = at + timedelta(days=first), at + timedelta(days=first + second)
    whole = working_days_passed(at, end, HOLIDAYS)
    parts = working_days_passed(at, middle, HOLIDAYS) + working_days_passed(middle, end, HOLIDAYS)
    assert whole == parts
