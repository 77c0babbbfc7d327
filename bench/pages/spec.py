"""What a page shall be, before chance fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FULL_WIDTH = 3508
FULL_HEIGHT = 2480
FULL_PPI = 300
SERIES = "colonial_register"


@dataclass(frozen=True)
class PageSpec:
    """One page to draw; what is None is drawn by chance.

    `form` and `face` are ids of `data/forms.toml` and `data/faces.toml`; `skew_deg` is positive counter-clockwise as
    seen; `knobs` sets single knobs of `data/severity.toml` to levels of their own; `quarters` turns the picture
    counter-clockwise by 90° each; `border` is ground about the sheet, in pixels, of the colour `ground` names;
    `binding` is 0 (left), 1 (right) or None (chance); `page_number` is printed or written outside the frame.
    """

    file: str = "0001.jpg"
    width: int = FULL_WIDTH
    height: int = FULL_HEIGHT
    severity: int = 1
    series: str = SERIES
    form: str | None = None
    face: str | None = None
    columns: int | None = None
    persons: int | None = None
    skew_deg: float | None = None
    knobs: Mapping[str, int] = field(default_factory=dict)
    quarters: int = 0
    border: int = 0
    ground: str | None = None
    binding: float | None = None
    page_number: int | None = None

    @property
    def unit(self) -> float:
        """Pixels of this page for one pixel of a full-size page."""
        return min(self.width / FULL_WIDTH, self.height / FULL_HEIGHT)

    @property
    def ppi(self) -> int:
        """Pixels an inch, if the paper is A4."""
        return round(FULL_PPI * self.unit)
