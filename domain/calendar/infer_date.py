"""Offer the date that a text which is none may have been read from."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations

from domain.calendar.parse_date import parse_date
from domain.calendar.written_date import InvalidDate, WrittenDate

MOST_CHANGES = 2


def infer_date(text: str) -> WrittenDate | None:
    """The one certain date that comes of changing one lookalike, or else two: 大正元年八月二曰.

    None where the text is a date itself, where nothing comes of it, or where several dates do.
    """
    if _date(text) is not None:
        return None
    for changes in range(1, MOST_CHANGES + 1):
        found = {date.written: date for date in _changed(text, changes)}
        if found:
            days = {(date.earliest, date.latest) for date in found.values()}
            return next(iter(found.values())) if len(days) == 1 else None
    return None


def _changed(text: str, changes: int) -> Iterator[WrittenDate]:
    swaps = [(place, offered) for place, letter in enumerate(text) for offered in _lookalikes()[letter]]
    for chosen in combinations(swaps, changes):
        if len({place for place, _ in chosen}) == changes:
            letters = list(text)
            for place, offered in chosen:
                letters[place] = offered
            date = _date("".join(letters))
            if date is not None and date.certainty == "certain":
                yield date


def _date(text: str) -> WrittenDate | None:
    try:
        return parse_date(text)
    except InvalidDate:
        return None


@cache
def _lookalikes() -> defaultdict[str, tuple[str, ...]]:
    text = files("domain.calendar").joinpath("data", "lookalikes.tsv").read_text("utf-8")
    alike: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in text.splitlines():
        if line and not line.startswith("#"):
            read, offered = line.split("\t")
            alike[read] = (*alike[read], offered)
    return alike
