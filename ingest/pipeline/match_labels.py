"""Match what a cell says with the labels that a series prints."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.series import Field, Series

LEAST = 0.5
"""The likeness a text must have to a label to be looked at; half is one wrong character of two."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A field whose label a text may be, and how like it is (1 is the label itself)."""

    field: Field
    likeness: float
    rank: int
    """The label's place in the field's list: earlier labels are the field's own."""


def match_labels(texts: Iterable[str], series: Series) -> tuple[LabelMatch, ...]:
    """Find the fields whose labels are like one of the texts (a reading and its alternatives), likest first.

    Labels decide what a cell means, so they may be matched across a misread character; values never are.
    """
    wanted = ["".join(text.split()) for text in texts]
    found = [match for field in series.fields if (match := _best(wanted, field)) and match.likeness >= LEAST]
    return tuple(sorted(found, key=lambda match: (-match.likeness, match.rank)))


def _best(texts: list[str], field: Field) -> LabelMatch | None:
    scored = [
        (likeness(text, label), -rank) for text in texts for rank, label in enumerate(field.labels) if text
    ]
    if not scored:
        return None
    score, rank = max(scored)
    return LabelMatch(field, score, -rank)


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
