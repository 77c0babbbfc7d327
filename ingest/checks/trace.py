"""What a check knows of a page image, and what it answers."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """One page image of a volume, in register order by `sequence`.

    `declared` is the page's designation in the manifest, `read` the one read on it, if any; `box` is where,
    in the master's pixels.
    """

    image_id: uuid.UUID
    page_id: uuid.UUID
    sequence: int
    declared: str
    master: str
    pixels: str
    writing: bytes
    read: str | None = None
    confidence: float = 0.0
    box: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding on one image: the check, its measure, the image it was compared with, two languages."""

    image_id: uuid.UUID
    check: str
    value: float
    other_id: uuid.UUID | None
    box: tuple[int, ...]
    zh: str
    en: str
