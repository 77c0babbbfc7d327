"""Deadlines in working days, counted from the day after receipt (收文次日), in Taiwan's time."""

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta, timezone

TAIPEI = timezone(timedelta(hours=8), "Asia/Taipei")
_DAY = timedelta(days=1)
_SATURDAY = 5


def day_of(at: datetime) -> date:
    """Return the day it is in Taiwan."""
    return at.astimezone(TAIPEI).date()


def is_working_day(day: date, holidays: Set[date]) -> bool:
    """Tell whether offices are open that day."""
    return day.weekday() < _SATURDAY and day not in holidays


def due_after(at: datetime, working_days: int, holidays: Set[date]) -> datetime:
    """Return the last moment of the day on which so many working days after `at` have passed."""
    day, left = day_of(at), working_days
    while left > 0:
        day += _DAY
        left -= is_working_day(day, holidays)
    return datetime.combine(day, time(23, 59, 59), TAIPEI).astimezone(UTC)


def working_days_passed(since: datetime, until: datetime, holidays: Set[date]) -> int:
    """Count the working days after the day of `since`, up to and with the day of `until`."""
    first, last = day_of(since), day_of(until)
    days = (first + _DAY * offset for offset in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
