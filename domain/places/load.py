"""The places and successions, from tables with their sources."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["continued", "renamed", "raised", "merged", "split", "within"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place under one order of administration.

    `within` are the places it lay in, one after another in time; `until` is the first day it was no more.
    """

    id: str
    name: str
    unit: str
    within: tuple[str, ...]
    since: date
    until: date | None
    code: str | None

    @property
    def title(self) -> str:
        """Name and unit: 豐原街."""
        return self.name + self.unit

    def exists_at(self, at: date) -> bool:
        """Whether the place existed that day."""
        return self.since <= at and (self.until is None or at < self.until)

    def shares_days_with(self, other: "Place") -> bool:
        """Whether both existed on some day."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """That one place became another, or a part of it."""

    former: str
    latter: str
    kind: Kind


@cache
def all_places() -> tuple[Place, ...]:
    """Every known place, as the table has them."""
    return tuple(_place(row) for row in _rows("places.tsv"))


@cache
def all_successions() -> tuple[Succession, ...]:
    """Every known succession."""
    return tuple(
        Succession(former, latter, cast(Kind, kind)) for former, latter, kind in _rows("succession.tsv")
    )


def place_of(place_id: str) -> Place:
    """The place of that id.

    Raises:
        KeyError: no such place is known.
    """
    return _by_id()[place_id]


@cache
def _by_id() -> dict[str, Place]:
    return {place.id: place for place in all_places()}


def _place(row: list[str]) -> Place:
    place_id, name, unit, within, since, until, code = row
    return Place(
        id=place_id,
        name=name,
        unit=unit,
        within=() if within == "-" else tuple(within.split(",")),
        since=date.fromisoformat(since),
        until=None if until == "-" else date.fromisoformat(until),
        code=None if code == "-" else code,
    )


def _rows(name: str) -> list[list[str]]:
    text = files("domain.places").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
