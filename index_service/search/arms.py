"""The arms of a question by text: one statement for each way a stored text may match, nearest first.

Each arm alone can be served by an index, and hardly finds what does not match, so that a LIMIT cuts off
nothing nearer than what it keeps.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, desc, func, or_

from domain.characters import Pattern, parse_pattern, query_tokens, units
from domain.characters.fold import UNREADABLE
from domain.characters.pattern import Element, Part
from index_service.search.engines.choose import engine_of
from index_service.search.like import ESCAPE, like
from index_service.search.standing import Asked, texts_standing
from index_service.search.tables import SearchText
from index_service.search.types import as_word

# Unicode 16, chapter 18.2: what an ideographic description begins with; it is one unit of many letters.
_DESCRIBES = (*map(chr, range(0x2FF0, 0x3000)), "\u31ef")
# Tokens tell positions this far; further ones are left to the matching itself.
_POSITIONS = 8


def arms(asked: Asked, kind: str, text: str, among: tuple[str, ...] | None) -> Iterator[Select[Any]]:
    """Yield the statements that find a name or place: read in full first, then those with ■."""
    pattern, standing = parse_pattern(text), texts_standing(asked, among)
    needed, engine = query_tokens(pattern), engine_of(asked.session)
    if all(element.part is Part.CHARACTER for element in pattern.elements):
        yield _equal(standing.where(SearchText.kind == kind), pattern, text)
    else:
        read = standing.where(SearchText.folded.like(like(pattern), escape=ESCAPE))
        yield engine.holding(read, kind, [as_word(token) for token in needed.read])
    unread = engine.holding(standing, kind, [as_word(token) for token in needed.unread])
    yield unread.where(*_agreeing(pattern))


def _equal(standing: Select[Any], pattern: Pattern, text: str) -> Select[Any]:
    """Find by the b-tree; what was written just so comes before variants."""
    folded = "".join(element.folded for element in pattern.elements)
    as_asked = desc(SearchText.written == "".join(units(text)))
    return standing.where(SearchText.folded == folded).order_by(as_asked, SearchText.id)


def _agreeing(pattern: Pattern) -> Iterator[ColumnElement[bool]]:
    """Yield, for each fixed position, the condition that the asked character or ■ stands there."""
    for index, element in enumerate(pattern.elements[: pattern.open_at][:_POSITIONS]):
        if element.part is Part.CHARACTER and len(element.folded) == 1:
            yield _agrees(index, element)
        elif len(element.folded) > 1:
            return


def _agrees(index: int, element: Element) -> ColumnElement[bool]:
    here = _letter(index).in_((element.folded, UNREADABLE))
    # A description before this place moves what stands here; matching judges such a text.
    return or_(here, *(_letter(before).in_(_DESCRIBES) for before in range(index)))


def _letter(index: int) -> ColumnElement[str]:
    return func.substr(SearchText.folded, index + 1, 1)
