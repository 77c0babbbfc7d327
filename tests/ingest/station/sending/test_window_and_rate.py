"""The hours and the rate of the line."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.station.sending.rate import Rate, parse_rate
from ingest.station.sending.window import ALWAYS, parse_window


@pytest.mark.parametrize(
    ("hour", "minute", "night", "day"),
    [
        (17, 59, False, True),
        (18, 0, True, False),
        (23, 59, True, False),
        (0, 0, True, False),
        (7, 0, False, True),
    ],
)
def test_hours_reach_over_midnight(hour: int, minute: int, night: bool, day: bool) -> None:
    at = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)
    assert parse_window("18:00-07:00").is_open(at) == night
    assert parse_window("7:00-18:00").is_open(at) == day
    assert ALWAYS.is_open(at)


def test_the_day_ends_at_24() -> None:
    window = parse_window("18:00-24:00")
    at = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    assert window.is_open(at)
    assert not window.is_open(at.replace(hour=0))


@pytest.mark.parametrize(
    "text", ["", "18-7", "18:00", "25:00-07:00x", "18:61-07:00", "25:00-99:59", "18:00-24:01"]
)
def test_what_are_no_hours_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        parse_window(text)


@pytest.mark.parametrize(
    ("text", "rate"), [("2Mbit", 250_000), ("300kB", 300_000), ("1.5 mbit/s", 187_500), ("8bit", 1)]
)
def test_rates_are_read(text: str, rate: float) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "fast", "0Mbit", "-1kB"])
def test_what_is_no_rate_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        parse_rate(text)


@given(st.integers(1, 400_000), st.floats(1_000, 1e7))
def test_no_more_is_sent_than_allowed_and_every_byte_is(size: int, limit: float) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    rate = Rate(limit, clock=lambda: now[0], sleep=sleep)
    body = bytes(size)
    assert b"".join(rate.paced(body)) == body
    assert now[0] >= (size - 16_384) / limit - 1e-6
    assert now[0] <= size / limit + 1e-6
