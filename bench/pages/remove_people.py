"""Strikes people off a page, in red: when, why, and in the remarks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from numpy.random import Generator

from bench.pages.invent_household import Household
from bench.pages.read_data import read_tsv

WHOLE_PAGE = 0.45


@dataclass(frozen=True)
class Removals:
    """How an era strikes people off: its rows in `data/removals.tsv`, first and last year, how it writes days and places."""

    era: str
    years: tuple[int, int]
    write_day: Callable[[date], str]
    name_place: Callable[[Generator, int], str]


def remove_people(household: Household, rng: Generator, share: float, removals: Removals) -> Household:
    """Return the household with about this share of its people struck off, all of them at times if half or more are."""
    whole = share > 0.5 and rng.random() < WHOLE_PAGE
    gone = tuple(at for at in range(len(household.entries)) if whole or rng.random() < share)
    red, entries = dict(household.red), list(household.entries)
    for at in gone:
        day, note, reason = _invent(rng, removals)
        entries[at] = entries[at] | {
            "notes": entries[at]["notes"] + note,
            "removed_on": day,
            "removed_for": reason,
        }
        red |= {(at, "notes"): note, (at, "removed_on"): day, (at, "removed_for"): reason}
    return replace(household, entries=tuple(entries), red=red, struck=gone)


def _invent(rng: Generator, removals: Removals) -> tuple[str, str, str]:
    rows = [row for row in read_tsv("removals") if row["era"] == removals.era]
    weights = [int(row["weight"]) for row in rows]
    row = rows[int(rng.choice(len(rows), p=[weight / sum(weights) for weight in weights]))]
    first, last = removals.years
    day = date(int(rng.integers(first, last + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    written = removals.write_day(day)
    note = row["note"].format(date=written, place=removals.name_place(rng, day.year))
    return written, note, row["reason"]
