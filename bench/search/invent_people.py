"""Invents the entries of a population of register volumes."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bench.pages.read_data import read_toml, read_tsv
from bench.pages.write_dates import write_date, write_number

OFFICE = "99000010"
A_PAGE = 20
A_VOLUME = 2000
VARIANT_SHARE = 0.15
UNREADABLE_SHARE = 0.02
# Day dates are honest from 1873 on; registers of the period end in 1945.
_FIRST, _DAYS = date(1873, 1, 1), 365 * 70


@dataclass(frozen=True, slots=True)
class Person:
    """One entry, its birthday beside what is written of it."""

    row: dict[str, str]
    born: date


def invent_people(count: int, seed: int) -> list[Person]:
    """Return so many entries; the same seed invents the same."""
    draw = random.Random(seed)
    return [_person(draw, number) for number in range(count)]


def _person(draw: random.Random, number: int) -> Person:
    born = _FIRST + timedelta(days=draw.randrange(_DAYS))
    volume, place = divmod(number, A_VOLUME)
    row = {
        "office": OFFICE,
        "volume": f"評測-{volume + 1:04d}",
        "page": str(place // A_PAGE + 1),
        "name": _name(draw, "men" if draw.random() < 0.5 else "women"),
        "birth_date": write_date(born),
        "father": _name(draw, "men"),
        "mother": _name(draw, "women"),
        "address": _address(draw),
    }
    return Person(row, born)


def _name(draw: random.Random, sex: str) -> str:
    names = read_toml("names")
    between = "氏" if sex == "women" and draw.random() < 0.7 else ""
    written = draw.choice(names["surnames"]) + between + draw.choice(names[sex])
    letters = [_written(draw, letter) for letter in written]
    if draw.random() < UNREADABLE_SHARE:
        letters[draw.randrange(len(letters))] = "■"
    return "".join(letters)


def _written(draw: random.Random, letter: str) -> str:
    variants: dict[str, str] = read_toml("names")["variants"]
    return variants.get(letter, letter) if draw.random() < VARIANT_SHARE else letter


def _address(draw: random.Random) -> str:
    row = draw.choice(read_tsv("places"))
    where = row["district"] + row["settlement"] + row["part"]
    return f"{where}{write_number(draw.randrange(2, 480))}番地"
