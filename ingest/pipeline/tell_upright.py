"""Tell a page's quarter turns: by the printed labels of its form, or by reading a few of its lines."""

from collections.abc import Sequence

from imaging.arrays import Gray
from imaging.grey import to_grey
from imaging.orientation import OrientationEstimate, estimate_orientation
from ingest.ocr.port import Recogniser
from ingest.pipeline.assignment import Assignment
from ingest.pipeline.read_cells import WrittenCell
from ingest.pipeline.straighten_page import StraightPage

LEAST_LABELS = 3
"""So many labels of several characters, all that there are but a fifth, show that a form stands upright …"""
ELONGATED = 1.2
"""… each this much longer the way the form is written than across: one that lies on its side is read too."""


def tell_upright(page: StraightPage, recogniser: Recogniser) -> OrientationEstimate:
    """Tell how a straightened page is turned by having a few of its lines read, and single glyphs of them."""

    def read(crops: Sequence[Gray], vertical: bool) -> list[tuple[str, float]]:
        return [(one.text, one.confidence) for one in recogniser.read_lines(crops, vertical)]

    return estimate_orientation(to_grey(page.pixels), read)


def upright_by_labels(cells: Sequence[WrittenCell], assignment: Assignment) -> OrientationEstimate | None:
    """Tell that a form stands upright because its labels do; None where they leave doubt."""
    vertical = assignment.direction == "vertical"
    labels = [cells[place] for place in assignment.labels]
    telling = [cell.lines[0] for cell in labels if len(cell.lines) == 1 and len(cell.text) > 1]
    along = sum(_is_along(line, vertical) for line in telling)
    if along < LEAST_LABELS or along < 0.8 * len(telling):
        return None
    return OrientationEstimate(0, along / (along + 1), "labels")


def _is_along(line: tuple[int, int, int, int], vertical: bool) -> bool:
    wide, high = line[2] - line[0], line[3] - line[1]
    return high > ELONGATED * wide if vertical else wide > ELONGATED * high
