"""The day it is where the registers are."""

from datetime import UTC, date, datetime

from index_service.requests.due_dates import day_of


def today_in_taiwan() -> date:
    """Return the day that no date on a page can lie after."""
    return day_of(datetime.now(UTC))
