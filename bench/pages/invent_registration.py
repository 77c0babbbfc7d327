"""Invents one household of a post-war register."""

from dataclasses import replace
from datetime import date

from numpy.random import Generator

from bench.pages.invent_household import Household
from bench.pages.invent_members import Member, invent_members
from bench.pages.invent_names import NameSource
from bench.pages.invent_roc_place import (
    RocPlace,
    invent_household_number,
    invent_national_id,
    invent_roc_place,
)
from bench.pages.read_data import read_toml, read_tsv
from bench.pages.write_dates import write_roc_date

GROWN = 15
SCHOOL = 7


def invent_registration(rng: Generator, persons: int, years: tuple[int, int], style: str) -> Household:
    """Return a household of so many persons as a page of one of these years has it, head first; days and numbers are
    written in this style.
    """
    year = int(rng.integers(years[0], years[1] + 1))
    head_born = year - int(rng.integers(34, 62))
    place, names = invent_roc_place(rng, year), NameSource(rng, "_roc")
    surname = names.surname()
    members = [
        replace(one, name=_name(names, surname, one))
        for one in invent_members(rng, "kin_roc", persons, head_born, year)
    ]
    parents = _Parents(rng, names, surname, members)
    entries = [_entry(rng, member, members, parents.of(member), place, year, style) for member in members]
    applicant = members[0].name if rng.random() < 0.7 else members[-1].name
    day = date(year, int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    fields = {
        "household_number": invent_household_number(rng, place.letter),
        "household_kind": _pick(rng, "household_kinds"),
        "address": place.address(style),
        "head": members[0].name,
        "household_notes": _note(rng, "household", day, parents.of(members[0])[0], style),
        "applicant": applicant,
        "applied_on": write_roc_date(day, style),
        "registered_on": write_roc_date(day, style),
    }
    return Household(fields, tuple(entries))


class _Parents:
    """Knows or invents the parents of each member, those of brothers and sisters alike."""

    def __init__(self, rng: Generator, names: NameSource, surname: str, members: list[Member]) -> None:
        self._names, self._surname = names, surname
        named = {member.relation: member.name for member in members}
        head = members[0].name
        self._shared = {
            "old": (named.get("父") or self._man(surname), named.get("母") or self._woman(surname)),
            "head": (head, named.get("妻") or self._woman(surname)),
            "son": (named.get("長男") or self._man(surname), named.get("媳") or self._woman(surname)),
        }

    def of(self, member: Member) -> tuple[str, str]:
        kind = member.kin["parents"]
        own = self._surname if member.kin["surname"] == "head" else member.name[0]
        return self._shared.get(kind) or (self._man(own), self._woman(own))

    def _man(self, surname: str) -> str:
        return self._names.person(surname, "m")

    def _woman(self, not_surname: str) -> str:
        return self._names.person(self._names.surname(not_this=not_surname), "f")


def _name(names: NameSource, surname: str, member: Member) -> str:
    own = member.kin["surname"] == "own"
    return names.person(names.surname(not_this=surname) if own else surname, member.kin["sex"])


def _entry(
    rng: Generator,
    member: Member,
    members: list[Member],
    parents: tuple[str, str],
    place: RocPlace,
    year: int,
    style: str,
) -> dict[str, str]:
    age, sex = year - member.born.year, str(member.kin["sex"])
    grown, partner = age >= GROWN, _partner(member, members)
    event = member.born if member.kin["notes"] == "child" else _day(rng, member, year)
    return {
        "relation": member.relation,
        "name": member.name,
        "sex": "男" if sex == "m" else "女",
        "birth_date": write_roc_date(member.born, style),
        "birth_order": member.order,
        "national_id": invent_national_id(rng, place.letter, sex),
        "father": parents[0],
        "mother": parents[1],
        "spouse": partner,
        "birth_place": _pick(rng, "birth_places"),
        "education": _pick(rng, "education") if age >= SCHOOL else "",
        "occupation": _pick(rng, f"occupations_{sex}") if grown else "",
        "notes": _note(rng, member.kin["notes"], event, partner or parents[0], style),
    }


def _partner(member: Member, members: list[Member]) -> str:
    pairs = {"戶長": "妻", "妻": "戶長", "父": "母", "母": "父", "媳": "長男"}
    wanted = pairs.get(member.relation)
    return next((other.name for other in members if other.relation == wanted), "")


def _day(rng: Generator, member: Member, year: int) -> date:
    first = min(max(member.born.year + 17, 1946), year)
    return date(int(rng.integers(first, year + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))


def _note(rng: Generator, kind: str, day: date, other: str, style: str) -> str:
    rows = [row for row in read_tsv("notes_roc") if row["kind"] == kind]
    weights = [int(row["weight"]) for row in rows]
    row = rows[int(rng.choice(len(rows), p=[weight / sum(weights) for weight in weights]))]
    place = invent_roc_place(rng, max(day.year, 1951)).district
    return (row["text"] or "").format(date=write_roc_date(day, style), place=place, other=other)


def _pick(rng: Generator, which: str) -> str:
    return str(rng.choice(read_toml("registration")[which]))
