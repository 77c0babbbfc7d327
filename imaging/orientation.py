"""By how many quarter turns a page's content is turned."""

from dataclasses import dataclass
from typing import Literal

Quarter = Literal[0, 90, 180, 270]


@dataclass(frozen=True)
class OrientationEstimate:
    """The content's quarter turns in degrees, counter-clockwise as seen; confidence from 0 to 1.

    With method "none" nobody can tell, and the page is left as it is.
    """

    turned_deg: Quarter
    confidence: float
    method: Literal["reading", "none"]


UNKNOWN_ORIENTATION = OrientationEstimate(0, 0.0, "none")
