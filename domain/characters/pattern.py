"""What is asked for: characters, ? for one, * for any run, ■ or □ for one that could not be read."""

from dataclasses import dataclass
from enum import Enum

from domain.characters.fold import UNREADABLE, fold_unit, units


class Part(Enum):
    """What one part of a pattern asks for."""

    CHARACTER = "character"
    ANY_ONE = "any one"
    ANY_RUN = "any run"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a pattern; `written` as asked, `folded` as searched."""

    part: Part
    written: str
    folded: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern; it is matched against whole names."""

    elements: tuple[Element, ...]

    @property
    def length(self) -> int | None:
        """How many characters a match has; None where a run leaves it open."""
        return None if self.open_at is not None else len(self.elements)

    @property
    def open_at(self) -> int | None:
        """Where the first run stands; positions before it are fixed. None without a run."""
        runs = (index for index, one in enumerate(self.elements) if one.part is Part.ANY_RUN)
        return next(runs, None)


def parse_pattern(text: str) -> Pattern:
    """The pattern a person typed; several * in a row are one. Full-width ？ and ＊ are wildcards too."""
    elements: list[Element] = []
    for unit in units(text):
        element = _element(unit)
        if not (element.part is Part.ANY_RUN and elements and elements[-1].part is Part.ANY_RUN):
            elements.append(element)
    return Pattern(tuple(elements))


def _element(unit: str) -> Element:
    folded = fold_unit(unit)
    special = {"?": Part.ANY_ONE, "*": Part.ANY_RUN, UNREADABLE: Part.UNREADABLE}
    return Element(special.get(folded, Part.CHARACTER), unit, folded)
