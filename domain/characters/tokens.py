"""The one token scheme of every search engine.

Of a name, folded: `c` and each character, `b` and each two neighbours, `p`, the position (1 to 8) and the
character there, `n` and the length (9 for all above 8), `u` where it holds ■. Characters outside the basic
plane, signs and ideographic descriptions are spelled as hexadecimal codes, so that every token is letters
and digits to any tokeniser.
"""

from dataclasses import dataclass
from itertools import pairwise

from domain.characters.fold import UNREADABLE, fold_unit, units
from domain.characters.pattern import Element, Part, Pattern, parse_pattern

_POSITIONS = 8
HAS_UNREADABLE = "u"


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """What a match must have: all of `read`, or all of `unread`.

    `read` holds for names without ■, `unread` for names with it (it always asks for the token `u`). An empty
    `read` narrows nothing.
    """

    read: frozenset[str]
    unread: frozenset[str]

    def admits(self, stored: frozenset[str]) -> bool:
        """Whether a name with those tokens may match."""
        return self.read <= stored or self.unread <= stored


def tokens(text: str) -> frozenset[str]:
    """The tokens an index keeps of a stored name; none of an empty one but its length."""
    folded = [fold_unit(unit) for unit in units(text)]
    read = [(index, unit) for index, unit in enumerate(folded) if unit != UNREADABLE]
    found = {"c" + _spelled(unit) for _, unit in read}
    found |= {_pair(one, two) for one, two in pairwise(folded) if UNREADABLE not in (one, two)}
    found |= {_placed(index, unit) for index, unit in read if index < _POSITIONS}
    found.add(_length(len(folded)))
    if len(read) < len(folded):
        found.add(HAS_UNREADABLE)
    return frozenset(found)


def query_tokens(pattern: Pattern | str) -> QueryTokens:
    """The tokens that matches of the pattern have, for names without and with ■."""
    asked = parse_pattern(pattern) if isinstance(pattern, str) else pattern
    length = frozenset() if asked.length is None else frozenset({_length(asked.length)})
    return QueryTokens(read=length | _of_characters(asked), unread=length | {HAS_UNREADABLE})


def _of_characters(asked: Pattern) -> frozenset[str]:
    elements, fixed = asked.elements, asked.elements[: asked.open_at]
    found = {"c" + _spelled(one.folded) for one in elements if _is_character(one)}
    found |= {
        _pair(one.folded, two.folded)
        for one, two in pairwise(elements)
        if _is_character(one) and _is_character(two)
    }
    placed = enumerate(fixed[:_POSITIONS])
    found |= {_placed(index, one.folded) for index, one in placed if _is_character(one)}
    return frozenset(found)


def _is_character(element: Element) -> bool:
    return element.part is Part.CHARACTER


def _pair(one: str, two: str) -> str:
    return "b" + _spelled(one) + _spelled(two)


def _placed(index: int, unit: str) -> str:
    return f"p{index + 1}{_spelled(unit)}"


def _length(count: int) -> str:
    return f"n{min(count, _POSITIONS + 1)}"


def _spelled(unit: str) -> str:
    if len(unit) == 1 and ord(unit) <= 0xFFFF and unit.isalnum():
        return unit
    return "".join(f"x{ord(letter):x}" for letter in unit)
