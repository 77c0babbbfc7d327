"""Read a page that holds no form of the series: its lines wherever they stand, and no entries."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import Recogniser
from ingest.pipeline.order_lines import order_lines
from ingest.pipeline.results import Box, LineText, PageContent


def read_whole_page(
    rgb: NDArray[np.uint8], recogniser: Recogniser, to_master: Callable[[Box], Box]
) -> PageContent:
    """Find and read the lines of a straightened page (H × W × 3), in reading order."""
    lines = tuple(
        LineText(to_master(_whole(line.box)), line.text, line.confidence, line.vertical)
        for line in order_lines(recogniser.read_page(rgb))
    )
    return PageContent({}, (), (), lines, "\n".join(line.text for line in lines))


def _whole(box: tuple[float, float, float, float]) -> Box:
    x0, y0, x1, y1 = box
    return int(x0), int(y0), round(x1 + 0.5), round(y1 + 0.5)
