"""Invents who lives in a household: kin, ages, orders of birth."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from numpy.random import Generator

from bench.pages.read_data import read_toml

SONS = ("長男", "次男", "三男", "四男", "五男", "六男")
DAUGHTERS = ("長女", "次女", "三女", "四女", "五女", "六女")
FIRST_SON_AFTER = 20


@dataclass(frozen=True)
class Member:
    """One person while the household takes shape."""

    kin: dict[str, Any]
    born: date
    relation: str
    order: str
    name: str = ""


def invent_members(rng: Generator, kin: str, persons: int, head_born: int, year: int) -> list[Member]:
    """Return so many members of a household as the page of a year lists them, head first, then by rank and age.

    `kin` names the table of those who may live there, `data/<kin>.toml`.
    """
    kins = _choose_kin(rng, read_toml(kin)["kin"], persons, year - head_born)
    return _order_members([_invent_member(rng, year, one, head_born) for one in kins])


def _choose_kin(
    rng: Generator, rows: list[dict[str, Any]], persons: int, head_age: int
) -> list[dict[str, Any]]:
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


def _invent_member(rng: Generator, year: int, kin: dict[str, Any], head_born: int) -> Member:
    latest = min(head_born + kin["after"][1], year - 1)
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
