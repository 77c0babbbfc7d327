"""Asks questions of an invented population, of every class, each with what it should find."""

import random
from collections.abc import Callable, Sequence
from datetime import date

from bench.pages.read_data import read_toml
from bench.search.invent_people import Person
from bench.search.oracle import name_expression, usual
from bench.search.truth import Question

Maker = Callable[[random.Random, Sequence[Person]], Question]
_CALENDARS = ("western", "republic", "era")


def ask_questions(people: Sequence[Person], each: int, seed: int) -> list[Question]:
    """Return so many questions of each class; the same seed asks the same."""
    draw = random.Random(seed)
    return [make(draw, people) for make in _MAKERS for _ in range(each)]


def _named(kind: str, pattern: str, people: Sequence[Person]) -> Question:
    wanted = name_expression(pattern)
    found = [one for one in people if wanted.fullmatch(usual(one.row["name"]))]
    return _question(kind, {"name": pattern}, found)


def _question(kind: str, asked: dict[str, str], found: Sequence[Person]) -> Question:
    keys = ("name", "page", "volume")
    return Question(kind, asked, ("name",), tuple({key: one.row[key] for key in keys} for one in found))


def _readable(draw: random.Random, people: Sequence[Person], least: int = 2) -> str:
    """Return the name of somebody, without ■ and of so many characters at least."""
    while True:
        name = draw.choice(people).row["name"]
        if "■" not in name and len(name) >= least:
            return name


def _exact(draw: random.Random, people: Sequence[Person]) -> Question:
    return _named("exact", _readable(draw, people), people)


def _prefix(draw: random.Random, people: Sequence[Person]) -> Question:
    return _named("prefix", _readable(draw, people, 3)[:2] + "*", people)


def _one_open(draw: random.Random, people: Sequence[Person]) -> Question:
    name = _readable(draw, people, 3)
    return _named("one open", f"{name[0]}?{name[2:]}", people)


def _inside(draw: random.Random, people: Sequence[Person]) -> Question:
    return _named("inside", f"*{_readable(draw, people, 3)[1:]}*", people)


def _variant(draw: random.Random, people: Sequence[Person]) -> Question:
    """Ask with another way of writing one of the characters."""
    variants: dict[str, str] = read_toml("names")["variants"]
    while True:
        name = usual(_readable(draw, people))
        other = "".join(variants.get(letter, letter) for letter in name)
        if other != name:
            return _named("variant", other, people)


def _unreadable(draw: random.Random, people: Sequence[Person]) -> Question:
    name = list(_readable(draw, people, 3))
    name[draw.randrange(len(name))] = "■"
    return _named("unreadable", "".join(name), people)


def _dated(draw: random.Random, people: Sequence[Person]) -> Question:
    born = draw.choice(people).born
    written = _write(born, draw.choice(_CALENDARS), people)
    return _question("date", {"date": written}, [one for one in people if one.born == born])


def _write(day: date, calendar: str, people: Sequence[Person]) -> str:
    if calendar == "western":
        return day.isoformat()
    if calendar == "era":
        return next(one.row["birth_date"] for one in people if one.born == day)
    year = day.year - 1911
    shown = f"民國{year}" if year > 0 else f"民前{1 - year}"
    return f"{shown}年{day.month}月{day.day}日"


def _placed(draw: random.Random, people: Sequence[Person]) -> Question:
    """Ask for the end of an address, from the settlement on."""
    address = draw.choice(people).row["address"]
    asked = address[len(address) // 2 :].replace("臺", "台")
    found = [one for one in people if usual(asked) in usual(one.row["address"])]
    return _question("place", {"place": asked}, found)


def _name_and_year(draw: random.Random, people: Sequence[Person]) -> Question:
    one = draw.choice([one for one in people if one.row["name"][0] != "■"])
    wanted = name_expression(one.row["name"][0] + "*")
    found = [o for o in people if o.born.year == one.born.year and wanted.fullmatch(usual(o.row["name"]))]
    asked = {"name": one.row["name"][0] + "*", "date": str(one.born.year)}
    return _question("name and year", asked, found)


_MAKERS: tuple[Maker, ...] = (
    _exact,
    _prefix,
    _one_open,
    _inside,
    _variant,
    _unreadable,
    _dated,
    _placed,
    _name_and_year,
)
