"""What a written date comes to."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

Precision = Literal["day", "month", "year", "era", "unknown"]
Certainty = Literal["certain", "doubtful", "unreadable"]


class InvalidDate(ValueError):
    """The text is no date; `zh` and `en` say what is wrong and what would be right."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh = zh
        self.en = en


class Remark(StrEnum):
    """What has to be said beside an accepted date."""

    EXPIRED_ERA = "expired_era"
    BEFORE_ERA = "before_era"
    LUNISOLAR = "lunisolar"
    NO_SUCH_DAY = "no_such_day"
    UNREADABLE = "unreadable"
    ERA_UNREADABLE = "era_unreadable"
    OUTSIDE_PERIOD = "outside_period"
    IN_FUTURE = "in_future"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written and what it says; `year`, `month`, `day` count as the era does, None where not known.

    `earliest` and `latest` are Gregorian; None is open on that side (both where the era is unreadable).
    """

    written: str
    era: str | None
    precision: Precision
    earliest: date | None
    latest: date | None
    certainty: Certainty
    remarks: tuple[Remark, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    leap_month: bool = False


@dataclass(frozen=True, slots=True)
class EraDate:
    """A day told in an era; month and day are None where only the year can honestly be told."""

    era: str
    year: int
    month: int | None
    day: int | None


def remark_text(remark: Remark) -> tuple[str, str]:
    """The remark in 正體中文 and in English."""
    zh, en = _texts()[remark.value]
    return zh, en


@cache
def _texts() -> dict[str, list[str]]:
    text = files("domain.calendar").joinpath("data", "remarks.toml").read_text("utf-8")
    remarks: dict[str, list[str]] = tomllib.loads(text)["remarks"]
    return remarks
