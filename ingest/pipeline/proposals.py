"""From a page as read to the index entries it proposes."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.series import Series
from ingest.pipeline.results import Box, PageReading, Value


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """One person of a page: own values and the household's, the box of the own ones, and the least
    confidence."""

    values: Mapping[str, Value]
    box: Box
    min_confidence: float


def propose(reading: PageReading, series: Series) -> tuple[ProposedEntry, ...]:
    """Propose one entry a person, in the order of the page; fields in the order of the series.

    Household values stand on each entry, so that a person is found by address and head; they count towards
    the least confidence, because they are corrected with it.
    """
    return tuple(_entry(person, reading.content.household, series) for person in reading.content.persons)


def _entry(person: Mapping[str, Value], household: Mapping[str, Value], series: Series) -> ProposedEntry:
    both = {**household, **person}
    values = {field.key: both[field.key] for field in series.fields if field.key in both}
    x0, y0, x1, y1 = zip(*(value.box for value in person.values()), strict=True)
    box = (min(x0), min(y0), max(x1), max(y1))
    return ProposedEntry(values, box, min(value.confidence for value in values.values()))
