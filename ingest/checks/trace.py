"""What a check knows of a page image, and what it answers."""

import uuid
from dataclasses import dataclass

from imaging.quality import Verdict


@dataclass(frozen=True, slots=True)
class Trace:
    """One page image of a volume, in register order by `sequence`.

    `declared` is the page's designation in the manifest, `read` the one read on it, if any; `box` is where,
    and `page` where the page itself lies, both in the master's pixels. `frame` and `side` say which part of
    the master shows it. `pixels` are comparable only as far as one and the same version drew them.
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
    page: tuple[int, ...] = ()
    view: int = 1
    frame: int = 0
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding on one image: the check, its measure, the image it was compared with, where, two languages.

    It is flagged unless the check says otherwise: most of what is wrong among sound images is mended by
    ordering or naming them anew, and scanning again would bring the same.
    """

    image_id: uuid.UUID
    check: str
    value: float
    other_id: uuid.UUID | None
    box: tuple[int, ...]
    zh: str
    en: str
    verdict: Verdict = "flag"
