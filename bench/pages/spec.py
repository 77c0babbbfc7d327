"""What a page shall be, before chance fills it."""

from dataclasses import dataclass

FULL_WIDTH = 3508
FULL_HEIGHT = 2480
FULL_PPI = 300


@dataclass(frozen=True)
class PageSpec:
    """One page to draw; what is None is drawn by chance.

    `form` and `face` are ids of `data/forms.toml` and `data/faces.toml`;
    `skew_deg` is positive counter-clockwise as seen.
    """

    file: str = "0001.jpg"
    width: int = FULL_WIDTH
    height: int = FULL_HEIGHT
    severity: int = 1
    form: str | None = None
    face: str | None = None
    columns: int | None = None
    persons: int | None = None
    skew_deg: float | None = None

    @property
    def unit(self) -> float:
        """Pixels of this page for one pixel of a full-size page."""
        return min(self.width / FULL_WIDTH, self.height / FULL_HEIGHT)

    @property
    def ppi(self) -> int:
        """Pixels an inch, if the paper is A4."""
        return round(FULL_PPI * self.unit)
