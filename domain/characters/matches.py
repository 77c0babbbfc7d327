"""Whether a name as stored is what was asked for, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from domain.characters.fold import UNREADABLE, fold_unit, units
from domain.characters.pattern import Element, Part, Pattern, parse_pattern


class Rule(IntEnum):
    """How far a match is from what was asked, nearest first; `label` is what users and programs are told."""

    EXACT = 0
    VARIANT = 1
    WILDCARD = 2
    UNREADABLE = 3

    @property
    def label(self) -> str:
        """exact, variant, wildcard or unreadable."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Match:
    """A match: the farthest rule that was needed, and the variants met as (asked, stored)."""

    rule: Rule
    variants: tuple[tuple[str, str], ...] = ()


def matches(pattern: Pattern | str, written: str) -> Match | None:
    """How the whole stored name matches the pattern by the nearest way, or None."""
    asked = (parse_pattern(pattern) if isinstance(pattern, str) else pattern).elements
    stored = units(written)
    if not _may_match(asked, stored):
        return None
    # From the end: ways[j] is the nearest match of the elements so far with stored[j:].
    ways: list[Match | None] = [None] * len(stored) + [Match(Rule.EXACT)]
    for element in reversed(asked):
        ways = _with_run(ways) if element.part is Part.ANY_RUN else _with_one(element, stored, ways)
    return ways[0]


def _may_match(asked: Sequence[Element], stored: Sequence[str]) -> bool:
    runs = sum(element.part is Part.ANY_RUN for element in asked)
    fixed = len(asked) - runs
    return fixed <= len(stored) if runs else fixed == len(stored)


def _with_one(element: Element, stored: Sequence[str], ways: list[Match | None]) -> list[Match | None]:
    met = [_meet(element, unit, rest) for unit, rest in zip(stored, ways[1:], strict=True)]
    return [*met, None]


def _with_run(ways: list[Match | None]) -> list[Match | None]:
    nearest: list[Match | None] = []
    best: Match | None = None
    for way in reversed(ways):
        if way is not None and (best is None or way.rule < best.rule):
            best = way
        nearest.append(best and Match(max(best.rule, Rule.WILDCARD), best.variants))
    return nearest[::-1]


def _meet(element: Element, unit: str, rest: Match | None) -> Match | None:
    if rest is None:
        return None
    rule = _rule(element, unit)
    if rule is None:
        return None
    pair = ((element.written, unit),) if rule is Rule.VARIANT else ()
    return Match(max(rule, rest.rule), pair + rest.variants)


def _rule(element: Element, unit: str) -> Rule | None:
    folded = fold_unit(unit)
    if element.part is Part.UNREADABLE or folded == UNREADABLE:
        return Rule.UNREADABLE
    if element.part is Part.ANY_ONE:
        return Rule.WILDCARD
    if element.written == unit:
        return Rule.EXACT
    return Rule.VARIANT if element.folded == folded else None
