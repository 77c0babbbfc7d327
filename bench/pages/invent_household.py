"""Invents one household: its address, its head and its members."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from numpy.random import Generator

from bench.pages.invent_names import NameSource, Place, invent_occupation, invent_place
from bench.pages.invent_notes import Circumstances, invent_notes
from bench.pages.read_data import read_toml
from bench.pages.write_dates import write_date

SONS = ("長男", "次男", "三男", "四男", "五男", "六男")
DAUGHTERS = ("長女", "次女", "三女", "四女", "五女", "六女")
GROWN = 15
FIRST_SON_AFTER = 20


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
class Member:
    """One person while the household takes shape."""

    kin: dict[str, Any]
    born: date
    relation: str
    order: str
    name: str = ""


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
    kins = _choose_kin(rng, persons, year - head_born)
    members = [_invent_member(rng, setting, kin, head_born) for kin in kins]
    members = _name_members(setting, _order_members(members))
    entries = _fill_entries(rng, setting, members)
    return Household({"address": setting.place.address, "head": members[0].name}, tuple(entries))


def _choose_kin(rng: Generator, persons: int, head_age: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_toml("kin")["kin"]
    chosen, counts = [rows[0]], Counter({0: 1})
    while len(chosen) < persons:
        open_rows = [
            at for at, row in enumerate(rows) if counts[at] < row["most"] and row["after"][0] < head_age - 1
        ]
        weights = [rows[at]["weight"] for at in open_rows]
        at = int(rng.choice(open_rows, p=[weight / sum(weights) for weight in weights]))
        counts[at] += 1
        chosen.append(rows[at])
    return chosen


def _invent_member(rng: Generator, setting: Setting, kin: dict[str, Any], head_born: int) -> Member:
    latest = min(head_born + kin["after"][1], setting.year - 1)
    born_year = int(rng.integers(head_born + kin["after"][0], latest + 1))
    # Before 1873 the calendar was lunisolar and the 30th did not exist in every month.
    born = date(born_year, int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    orders = SONS if kin["sex"] == "m" else DAUGHTERS
    return Member(kin, born, kin["relation"], str(rng.choice(orders[:4], p=[0.45, 0.3, 0.17, 0.08])))


def _order_members(members: list[Member]) -> list[Member]:
    """Sort by rank, then age, and count the head's own children in that order."""
    ordered = sorted(_age_eldest(members), key=lambda member: (member.kin["rank"], member.born))
    sons, daughters = iter(SONS), iter(DAUGHTERS)
    counted = []
    for member in ordered:
        if member.kin["order"] == "child":
            order = next(sons if member.kin["sex"] == "m" else daughters)
            counted.append(replace(member, order=order, relation=order))
        else:
            counted.append(member)
    return counted


def _age_eldest(members: list[Member]) -> list[Member]:
    """Make the first son old enough to be a father, where a grandchild is on the page."""
    sons = [member for member in members if member.kin["order"] == "child" and member.kin["sex"] == "m"]
    if not sons or not any(member.kin["parents"] == "son" for member in members):
        return members
    first = min(sons, key=lambda member: member.born)
    head = next(member for member in members if member.kin["rank"] == 0)
    older = replace(first, born=first.born.replace(year=head.born.year + FIRST_SON_AFTER))
    return [older if member is first else member for member in members]


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
