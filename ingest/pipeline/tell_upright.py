"""Tell a page's quarter turns with a recognition engine."""

from collections.abc import Sequence
from functools import partial

from imaging.arrays import Gray
from imaging.orientation import estimate_orientation
from ingest.ocr.port import Recogniser
from ingest.pipeline.straighten_page import Upright


def tell_upright(recogniser: Recogniser) -> Upright:
    """Return what `straighten_page` asks how a page is turned: this engine reads a few of its lines."""

    def read(crops: Sequence[Gray], vertical: bool) -> list[tuple[str, float]]:
        return [(one.text, one.confidence) for one in recogniser.read_lines(crops, vertical)]

    return partial(estimate_orientation, read=read)
