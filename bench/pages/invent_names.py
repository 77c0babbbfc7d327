"""Invents names, addresses and occupations."""

from dataclasses import dataclass, field
from functools import cache

from numpy.random import Generator

from bench.pages.read_data import read_toml, read_tsv
from bench.pages.write_dates import write_number

VARIANT_SHARE = 0.12


@dataclass
class NameSource:
    """Draws names and never gives one out twice; a page keeps one way of writing each variant character.

    `era` is "" before 1945 and "_roc" after.
    """

    rng: Generator
    era: str = ""
    given_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        variants = read_toml("names")["variants"]
        self._written = {
            usual: other for usual, other in variants.items() if self.rng.random() < VARIANT_SHARE
        }

    def surname(self, not_this: str = "") -> str:
        """Return a surname as this page writes it."""
        while True:
            drawn = self._write(str(self.rng.choice(read_toml("names")["surnames"])))
            if drawn != not_this:
                return drawn

    def person(self, surname: str, sex: str) -> str:
        """Return a full name: 林阿水 for a man, 林氏阿妹 for a woman; in the later era 林阿妹."""
        given = read_toml("names")[("men" if sex == "m" else "women") + self.era]
        while True:
            own = self._write(str(self.rng.choice(given)))
            if own not in self.given_out:
                self.given_out.add(own)
                return f"{surname}氏{own}" if sex == "f" and not self.era else surname + own

    def _write(self, text: str) -> str:
        return "".join(self._written.get(character, character) for character in text)


@dataclass(frozen=True)
class Place:
    """A place as designated in a year, and a lot number in it."""

    district: str
    settlement: str
    part: str
    lot: int

    @property
    def short(self) -> str:
        return self.district + self.settlement

    @property
    def address(self) -> str:
        return f"{self.short}{self.part}{write_number(self.lot)}番地"


def invent_place(rng: Generator, year: int) -> Place:
    """Return a place whose designation stood in this year, or that of the nearest year known."""
    rows = read_tsv("places")
    known = min(max(year, min(int(row["from"]) for row in rows)), max(int(row["to"]) for row in rows))
    fits = [row for row in rows if int(row["from"]) <= known <= int(row["to"])]
    while not fits:
        known += 1
        fits = [row for row in rows if int(row["from"]) <= known <= int(row["to"])]
    row = fits[int(rng.integers(len(fits)))]
    return Place(row["district"], row["settlement"], row["part"], int(rng.integers(2, 480)))


def invent_occupation(rng: Generator, sex: str) -> str:
    """Return an occupation for a grown man or woman."""
    names, weights = _occupations(sex)
    return str(rng.choice(names, p=weights))


@cache
def _occupations(sex: str) -> tuple[list[str], list[float]]:
    rows = [row for row in read_tsv("occupations") if row["sex"] == sex]
    total = sum(int(row["weight"]) for row in rows)
    return [row["occupation"] for row in rows], [int(row["weight"]) / total for row in rows]
