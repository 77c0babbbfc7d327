"""Invents addresses, household numbers and identification numbers of the time after 1945."""

from dataclasses import dataclass

from numpy.random import Generator

from bench.pages.read_data import read_toml, read_tsv
from bench.pages.write_dates import write_number

WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class RocPlace:
    """A place as designated in a year, a neighbourhood, a number on a road, and the county's letter."""

    district: str
    village: str
    road: str
    neighbourhood: int
    number: int
    letter: str

    def address(self, style: str) -> str:
        """Return the address, its numbers in characters or in "digits"."""
        neighbourhood, number = (
            str(one) if style == "digits" else write_number(one) for one in (self.neighbourhood, self.number)
        )
        return f"{self.district}{self.village}{neighbourhood}鄰{self.road}{number}號"


def invent_roc_place(rng: Generator, year: int) -> RocPlace:
    """Return a place whose designation stood in this year."""
    fits = [row for row in read_tsv("places_roc") if int(row["from"]) <= year <= int(row["to"])]
    row = fits[int(rng.integers(len(fits)))]
    return RocPlace(
        row["district"],
        row["village"],
        row["road"],
        int(rng.integers(1, 25)),
        int(rng.integers(2, 300)),
        row["letter"],
    )


def invent_national_id(rng: Generator, letter: str, sex: str) -> str:
    """Return an identification number with its check digit: letter, 1 or 2 for the sex, seven digits, check digit."""
    digits = [1 if sex == "m" else 2, *(int(digit) for digit in rng.integers(0, 10, 7))]
    value = 10 + str(read_toml("registration")["letters"]).index(letter)
    total = value // 10 + 9 * (value % 10)
    total += sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True))
    return letter + "".join(map(str, digits)) + str(-total % 10)


def invent_household_number(rng: Generator, letter: str) -> str:
    """Return a household number: the county's letter and seven digits."""
    return f"{letter}{int(rng.integers(10**6, 10**7)):07d}"
