"""Invents one household: its address, its head and its members."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from numpy.random import Generator

from bench.pages.invent_names import NameSource, Place, invent_occupation, invent_place
from bench.pages.invent_members import Member, invent_members
from bench.pages.invent_notes import Circumstances, invent_notes
from bench.pages.write_dates import write_date

GROWN = 15


@dataclass(frozen=True)
class Household:
    """What the cells of one page say: `red` holds the end of a value that is written in red, by entry (None: the
    household's own) and field; `struck` the entries struck out.
    """

    fields: dict[str, str]
    entries: tuple[dict[str, str], ...]
    red: Mapping[tuple[int | None, str], str] = field(default_factory=dict)
    struck: tuple[int, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What the members share: the year the page was written, the way numbers are written,
    the people and the place.
    """

    year: int
    style: str
    names: NameSource
    place: Place
    origin: str
    surname: str


def invent_household(rng: Generator, persons: int) -> Household:
    """Return a household of so many persons, head first, then by rank and age; dates,
    orders and parents agree.
    """
    head_born = int(rng.integers(1856, 1896))
    year = int(rng.integers(max(1910, head_born + 32), min(1937, head_born + 58) + 1))
    names = NameSource(rng)
    style = str(rng.choice(["plain", "legal", "short"], p=[0.8, 0.1, 0.1]))
    origin = str(rng.choice(["福", "廣", "熟"], p=[0.75, 0.18, 0.07]))
    setting = Setting(year, style, names, invent_place(rng, year), origin, names.surname())
    members = _name_members(setting, invent_members(rng, "kin", persons, head_born, year))
    entries = _fill_entries(rng, setting, members)
    return Household({"address": setting.place.address, "head": members[0].name}, tuple(entries))


def _name_members(setting: Setting, members: list[Member]) -> list[Member]:
    named = []
    for member in members:
        own = member.kin["surname"] == "own"
        surname = setting.names.surname(not_this=setting.surname) if own else setting.surname
        named.append(replace(member, name=setting.names.person(surname, member.kin["sex"])))
    return named


def _fill_entries(rng: Generator, setting: Setting, members: list[Member]) -> list[dict[str, str]]:
    parents = _shared_parents(setting, members)
    return [_fill_entry(rng, setting, member, _parents_of(setting, member, parents)) for member in members]


def _shared_parents(setting: Setting, members: list[Member]) -> dict[str, tuple[str, str]]:
    """Return father and mother of those born to the head's parents, to the head, and to his eldest son."""

    def named(relation: str, sex: str, *, own_surname: bool) -> str:
        for member in members:
            if member.relation == relation:
                return member.name
        surname = setting.names.surname(not_this=setting.surname) if own_surname else setting.surname
        return setting.names.person(surname, sex)

    return {
        "old": (named("父", "m", own_surname=False), named("母", "f", own_surname=True)),
        "head": (members[0].name, named("妻", "f", own_surname=True)),
        "son": (named("長男", "m", own_surname=False), named("婦", "f", own_surname=True)),
    }


def _parents_of(setting: Setting, member: Member, shared: dict[str, tuple[str, str]]) -> tuple[str, str]:
    if member.kin["parents"] in shared:
        return shared[member.kin["parents"]]
    father_surname = member.name[0]
    if member.kin["notes"] == "adopted" and member.kin["surname"] == "head":
        father_surname = setting.names.surname(not_this=setting.surname)
    mother = setting.names.person(setting.names.surname(not_this=father_surname), "f")
    return setting.names.person(father_surname, "m"), mother


def _fill_entry(rng: Generator, setting: Setting, member: Member, parents: tuple[str, str]) -> dict[str, str]:
    age = setting.year - member.born.year
    grown = age >= GROWN and rng.random() < (0.92 if member.kin["sex"] == "m" else 0.3)
    event_from = member.born + timedelta(days=1)
    about = Circumstances(
        member.kin["notes"], member.born, event_from, setting.year, parents[0], setting.style
    )
    return {
        "name": member.name,
        "relation": member.relation,
        "birth_date": write_date(member.born, setting.style),
        "birth_order": member.order,
        "father": parents[0],
        "mother": parents[1],
        "occupation": invent_occupation(rng, member.kin["sex"]) if grown else "",
        "origin": setting.origin,
        "notes": invent_notes(rng, about),
    }
