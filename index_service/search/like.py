"""LIKE patterns over folded texts: they find no less than a question's pattern, and hardly more."""

from domain.characters import Pattern, parse_pattern
from domain.characters.pattern import Part
from domain.places import fold_place

# No letter of a name: it stands before % and _ where they mean themselves.
ESCAPE = "/"


def anywhere(place: str) -> str:
    """Return the pattern that finds a place name anywhere in an address."""
    return f"*{fold_place(place).strip('*')}*"


def like_anywhere(place: str) -> str:
    """Return the LIKE pattern of a place name anywhere in an address."""
    return like(parse_pattern(anywhere(place)))


def like(pattern: Pattern) -> str:
    """Return the LIKE pattern that every text without ■ matches which the pattern matches.

    What stands for one character becomes %, for a described character (⿰…) is several letters long; the
    token of the length keeps that apart.
    """
    elements = pattern.elements
    return "".join(_escaped(e.folded) if e.part is Part.CHARACTER else "%" for e in elements)


def _escaped(letters: str) -> str:
    return "".join(ESCAPE + letter if letter in f"{ESCAPE}%_" else letter for letter in letters)
