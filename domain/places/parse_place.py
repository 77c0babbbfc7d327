"""Read an address as registers write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from domain.characters import units
from domain.places.find import find, titles_of
from domain.places.fold_place import fold_place
from domain.places.load import Place, all_places, place_of

# Units of levels the table has not: a stretch ending in one is passed over where a known place follows.
_PASSED = frozenset("堡里澳鄉郡區廳省")
_UNITS = frozenset("州廳縣郡支街庄鄉鎮市區堡里澳")
_FURTHEST = 6


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """An address as written: what its parts may be, level by level, and what follows (番地, 番戶).

    `parts` are the written names of the known levels, `places` what the deepest may be; several where one
    name was borne by several places and the levels above do not decide.
    """

    written: str
    parts: tuple[str, ...]
    places: tuple[Place, ...]
    rest: str


def parse_place(text: str) -> WrittenPlace:
    """The known places of an address, read from its head; never refuses, for any text may be an address."""
    letters = units(text)
    at, parts, places = 0, list[str](), tuple[Place, ...]()
    while step := _next(letters, at, places):
        start, end, places = step
        parts.append("".join(letters[start:end]))
        at = end
    return WrittenPlace(text, tuple(parts), places, "".join(letters[at:]))


def _next(
    letters: Sequence[str], at: int, above: tuple[Place, ...]
) -> tuple[int, int, tuple[Place, ...]] | None:
    for start in range(at, min(at + _FURTHEST, len(letters))):
        if start > at and letters[start - 1] not in _PASSED:
            continue
        found = _longest(letters, start, above)
        if found:
            return start, *found
    return None


def _longest(
    letters: Sequence[str], start: int, above: tuple[Place, ...]
) -> tuple[int, tuple[Place, ...]] | None:
    for end in range(min(start + _longest_title(), len(letters)), start + 1, -1):
        title = "".join(letters[start:end])
        other = letters[end] if letters[end:] and letters[end] in _UNITS else ""
        fitting = tuple(
            place
            for place in find(title)
            if (not above or any(_is_in(place, one) for one in above)) and not _is_cut(place, title, other)
        )
        if fitting:
            return end, fitting
    return None


def _is_cut(place: Place, title: str, unit: str) -> bool:
    """Whether a bare name is followed by a unit that is not the place's: 斗六 in 斗六堡 is not 斗六街."""
    return bool(unit) and len(title) == len(place.name) and not title.endswith(unit)


def _is_in(place: Place, above: Place) -> bool:
    """Whether the place lay in the other, at whatever depth."""
    return any(within == above.id or _is_in(place_of(within), above) for within in place.within)


@cache
def _longest_title() -> int:
    return max(len(fold_place(title)) for place in all_places() for title in titles_of(place))
