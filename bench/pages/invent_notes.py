"""Invents the remark (事由) on one person."""

from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from bench.pages.invent_names import invent_place
from bench.pages.read_data import read_tsv
from bench.pages.write_dates import write_date, write_number

FIRST_REGISTER = 1906
ADULT_KINDS = ("head", "elder", "wife", "lodger")


@dataclass(frozen=True)
class Circumstances:
    """What a remark must agree with: kind of person, birth, the year of the page, the father,
    how numbers are written.
    """

    kind: str
    born: date
    earliest: date
    year: int
    father: str
    style: str


def invent_notes(rng: Generator, about: Circumstances) -> str:
    """Return a remark whose date lies between the person's birth and the year of the page,
    or an empty text.
    """
    rows = [row for row in read_tsv("notes") if row["kind"] == about.kind]
    weights = [int(row["weight"]) for row in rows]
    row = rows[int(rng.choice(len(rows), p=[weight / sum(weights) for weight in weights]))]
    template = row["text"] or ""
    day = about.born if template == "{date}出生" else _event_day(rng, about)
    place = invent_place(rng, day.year)
    return template.format(
        date=write_date(day, about.style),
        place=place.short,
        number=write_number(place.lot, about.style),
        father=about.father,
    )


def _event_day(rng: Generator, about: Circumstances) -> date:
    from_age = 17 if about.kind in ADULT_KINDS else 1
    first = min(max(about.born.year + from_age, FIRST_REGISTER + 4), about.year)
    year = int(rng.integers(first, about.year + 1))
    day = date(year, int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    return max(day, about.earliest)
