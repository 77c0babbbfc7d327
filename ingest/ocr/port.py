"""What every recognition engine offers, and the frozen results it answers with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Grey (H, W) or RGB (H, W, 3), 8 bits a sample."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels, the far edges outside."""


@dataclass(frozen=True, slots=True)
class Usability:
    """Whether an engine can run here, and what to install if it cannot."""

    ok: bool
    what_to_install: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read: its text, the engine's probability that all of it is right, and other texts it
    considered.

    `alternatives` are whole texts with their probability, likeliest first, without `text` itself.
    """

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line found on a whole page, with its box in that page's pixels."""

    box: Box
    text: str
    confidence: float
    vertical: bool


class EngineMissing(RuntimeError):
    """An engine was asked to run where it is not usable; the message says what to install."""


class Recogniser(Protocol):
    """A recognition engine."""

    @property
    def name(self) -> str:
        """The name by which settings allow or forbid it."""
        ...

    def usable(self) -> Usability:
        """Say whether the engine can run here, without running it on an image."""
        ...

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        """Read crops that each hold one line of text, top to bottom where `vertical`; one reading a crop,
        in order.

        Raises:
            EngineMissing: the engine is not usable.
        """
        ...

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        """Find and read the lines of a whole page, in no promised order.

        Raises:
            EngineMissing: the engine is not usable.
        """
        ...
