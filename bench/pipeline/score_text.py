"""Score bare text, as peers give it: names and characters found in it, wherever they stand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

Record = Mapping[str, Any]


def names_found(truth: Record, text: str) -> tuple[int, int]:
    """Return how many of a page's names stand in the text, blanks apart, and how many there are."""
    bare = "".join(text.split())
    names = [entry["name"] for entry in truth["entries"] if entry.get("name")]
    return sum(name in bare for name in names), len(names)


def characters_found(truth: Record, text: str) -> tuple[int, int]:
    """Return how many of a page's written characters stand in the text, each as often, and how many there
    are."""
    wanted = Counter("".join(_written(truth)))
    found = Counter("".join(text.split()))
    return sum((wanted & found).values()), sum(wanted.values())


def character_errors(truth: Record, text: str) -> tuple[int, int]:
    """Return how many characters of a page's values are wrong in the text, and how many there are.

    Bare text says not which passage answers which field: each value is compared with the passage nearest to
    it, wherever that stands, which is kinder than a comparison field by field.
    """
    bare = "".join(text.split())
    values = [value for value in _written(truth) if value]
    return sum(distance_to_passage(value, bare) for value in values), sum(map(len, values))


def distance_to_passage(value: str, text: str) -> int:
    """Return how many characters must be put in, taken out or replaced to make of some passage of the text
    the value (Sellers 1980).
    """
    letters = np.array([ord(letter) for letter in text], dtype=np.int64)
    steps = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, dtype=np.int64)
    for letter in value:
        without = np.concatenate([row[:1] + 1, np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))])
        row = np.minimum.accumulate(without - steps) + steps
    return int(row.min())


def _written(truth: Record) -> Iterable[str]:
    yield from truth["household"].values()
    for entry in truth["entries"]:
        yield from entry.values()
