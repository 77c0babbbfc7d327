"""Score bare text, as peers give it: names and characters found in it, wherever they stand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

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


def _written(truth: Record) -> Iterable[str]:
    yield from truth["household"].values()
    for entry in truth["entries"]:
        yield from entry.values()
