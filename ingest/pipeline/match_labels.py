"""Match what a cell says with the labels that a series prints."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from domain.series import Field, Series, bare_label

LEAST = 0.5
"""The likeness a text must have to a label to be looked at; half is one wrong character of two."""
SECOND_READING = 0.02
"""What a reading of the engine loses for each that it held likelier: a label read is before one guessed."""
JUMBLED = 0.75
"""The likeness of a label all of whose characters are there in another order: two columns read as rows."""
SHORT = 3
"""In a label this short a character may be misread, but none may be added or lost: 六番地 is not 番地."""
ALIKE = 0.03
"""Two fields this near in likeness are not told apart."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A field whose label a text may be, and how like it is (1 is the label itself)."""

    field: Field
    likeness: float
    rank: int
    """The label's place in the field's list: earlier labels are the field's own."""


def match_labels(texts: Iterable[str], series: Series) -> tuple[LabelMatch, ...]:
    """Find the fields whose labels are like one of the texts (a reading and its alternatives), likest first.

    Labels decide what a cell means, so they may be matched across a misread character (one, or one in three
    of a long label); values never are. Where the likest are of several fields and none is a label itself,
    nothing is found: a guess would put a value into a field that nobody asked for.
    """
    return _matches(tuple(bare_label(text) for text in texts), series.fields)


@lru_cache(maxsize=4096)
def _matches(wanted: tuple[str, ...], fields: tuple[Field, ...]) -> tuple[LabelMatch, ...]:
    found = [match for field in fields if (match := _best(wanted, field)) and match.likeness >= LEAST]
    found.sort(key=lambda match: (-match.likeness, match.rank))
    if len(found) > 1 and found[0].likeness < 1 and found[0].likeness - found[1].likeness < ALIKE:
        return ()
    return tuple(found)


def _best(texts: tuple[str, ...], field: Field) -> LabelMatch | None:
    scored = [
        (_closeness(text, _bare(label)) - SECOND_READING * place, -rank)
        for place, text in enumerate(texts)
        for rank, label in enumerate(field.labels)
        if text
    ]
    if not scored:
        return None
    score, rank = max(scored)
    return LabelMatch(field, score, -rank)


@lru_cache(maxsize=4096)
def _bare(label: str) -> str:
    return bare_label(label)


@lru_cache(maxsize=65536)
def _closeness(text: str, label: str) -> float:
    if text == label:
        return 1.0
    longer = max(len(text), len(label))
    if 2 * min(len(text), len(label)) < longer or not set(text) & set(label):
        return 0.0
    if len(label) >= 4 and Counter(text) == Counter(label):
        return JUMBLED
    if len(label) <= SHORT and len(text) != len(label):
        return 0.0
    wrong = edits(text, label)
    return 1 - wrong / longer if wrong <= max(1, len(label) // 3) else 0.0


def likeness(text: str, label: str) -> float:
    """Say how like two texts are: 1 minus the share of characters to change, insert or delete."""
    longer = max(len(text), len(label))
    return 1 - edits(text, label) / longer if longer else 1.0


def edits(one: str, other: str) -> int:
    """Count the characters to change, insert or delete to make one text the other (Levenshtein, 1966)."""
    before = list(range(len(other) + 1))
    for row, character in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (character != wanted)))
        before = now
    return before[-1]
