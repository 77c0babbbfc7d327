"""Claim less of what was read on a page of which nobody could tell how it is turned."""

from collections.abc import Mapping
from dataclasses import replace

from ingest.pipeline.results import PageContent, Value

MOST_UNTURNED = 0.5
"""No value of such a page is called surer. Calibration has seen upright pages only, so its figures do not
hold here: glyphs on their side are read too, as others, and with confidence. Half is below all that counts
as sure on screen and to the checks, so that the queue brings the page to a person early."""


def claim_less(content: PageContent, most: float = MOST_UNTURNED) -> PageContent:
    """Return what was read with no value surer than `most` (0–1): the household's, the persons', the page's
    number."""
    number = content.designation
    return replace(
        content,
        household=_held(content.household, most),
        persons=tuple(_held(person, most) for person in content.persons),
        designation=None if number is None else _at_most(number, most),
    )


def _held(values: Mapping[str, Value], most: float) -> dict[str, Value]:
    return {key: _at_most(value, most) for key, value in values.items()}


def _at_most(value: Value, most: float) -> Value:
    others = tuple((text, min(most, sure)) for text, sure in value.alternatives)
    return replace(value, confidence=min(most, value.confidence), alternatives=others)
