"""What a recogniser's classes stand for, and which of them are forms of one character."""

from collections.abc import Sequence

import numpy as np

from domain.characters import fold

BLANK = 0
FIRST_BROAD = "\u2e80"
"""From here on characters are as broad as high (CJK); digits and Latin letters may stand nearer."""


class Alphabet:
    """A network's classes: 0 is the blank, `characters` are those from 1 on.

    `kinds` gives every class a number that the forms of one broad character (黃黄) share, `broad` whether it
    is one: they are looked up at every frame, and so made once a network.
    """

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        first: dict[str, int] = {}
        kinds = [BLANK]
        for place, character in enumerate(self.characters, 1):
            key = fold(character) if is_broad(character) else ""
            kinds.append(first.setdefault(key, place) if key else place)
        self.kinds = np.array(kinds, np.intp)
        self.broad = np.array([False, *map(is_broad, self.characters)])


def is_broad(character: str) -> bool:
    """Tell that a character is as broad as high."""
    return character >= FIRST_BROAD
