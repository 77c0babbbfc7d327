"""What is found out about a text, beside the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Evidence = Literal[
    "date_valid",
    "date_doubtful",
    "date_invalid",
    "place_known",
    "place_ambiguous",
    "place_unknown",
    "surname_known",
    "surname_unknown",
    "relation_known",
    "relation_unknown",
    "order_known",
    "order_unknown",
    "number_valid",
    "number_invalid",
    "value_known",
    "value_unknown",
    "lookalikes",
    "several_cells",
    "second_engine_agrees",
    "second_engine_differs",
]

ANOTHER_READING = "another reading"
"""The reason of an inference that an engine's own alternative is."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a text is judged by beside itself: the engines' other readings, likeliest first, and the day it
    is."""

    others: Sequence[str]
    today: date


@dataclass(frozen=True, slots=True)
class Judgement:
    """`parsed` is plain JSON, or None where the text has no parsed form.

    `inferred` is what may have been meant where the text itself is no date, no known place or no number, or
    holds lookalikes; `reason` is what to judge it by.
    """

    evidence: tuple[Evidence, ...] = ()
    parsed: Mapping[str, Any] | None = None
    inferred: str | None = None
    reason: str | None = None
