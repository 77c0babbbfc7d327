"""What processing one page gives, ready to be committed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Derivative:
    """The tiled pyramid as stored: its keys, its size in pixels, and where its tiles are."""

    key: str
    thumbnail_key: str
    width: int
    height: int
    layout: Json


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells the page from the others of its volume.

    `writing` is its fingerprint; `designation` the page number read outside the form, as plain JSON, if any.
    """

    pixels_sha256: str
    writing: bytes
    designation: Json | None


@dataclass(frozen=True, slots=True)
class TurnedDerivative:
    """A derivative that stands otherwise by quarter turns than the one there is, to take its place."""

    derivative: Derivative
    transform: Json
    trace: Trace


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """One page, processed: the image's facts, its derivative, and what was read.

    `lines` and `proposals` are plain JSON as RecognitionResult keeps them; `alto_key` names the text as
    stored, in ALTO 4; `timings` are seconds by step.
    """

    media_type: str
    width: int
    height: int
    ppi: float | None
    derivative: Derivative
    transform: Json
    quality: tuple[Json, ...]
    flagged: bool
    engine: str
    lines: tuple[Json, ...]
    proposals: tuple[Json, ...]
    alto_key: str
    trace: Trace
    timings: Mapping[str, float]
