"""Ask a second engine about doubtful cells; its opinion stands beside the first, and replaces nothing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import Reading, Recogniser
from ingest.pipeline.read_cells import WrittenCell, cut


def look_again(
    gray: NDArray[np.uint8], cells: Sequence[WrittenCell], second: Recogniser, vertical: bool, below: float
) -> tuple[WrittenCell, ...]:
    """Add the second engine's reading to the alternatives of lines read with less confidence than `below`."""
    doubtful = [
        (place, line)
        for place, cell in enumerate(cells)
        for line, reading in enumerate(cell.readings)
        if reading.confidence < below
    ]
    if not doubtful:
        return tuple(cells)
    crops = [cut(gray, cells[place].lines[line]) for place, line in doubtful]
    opinions = dict(zip(doubtful, second.read_lines(crops, vertical), strict=True))
    return tuple(_with_opinions(cell, place, opinions) for place, cell in enumerate(cells))


def _with_opinions(cell: WrittenCell, place: int, opinions: dict[tuple[int, int], Reading]) -> WrittenCell:
    readings = tuple(
        _beside(reading, opinions[place, line]) if (place, line) in opinions else reading
        for line, reading in enumerate(cell.readings)
    )
    return replace(cell, readings=readings)


def _beside(first: Reading, second: Reading) -> Reading:
    """Weigh the second reading with what the first engine left open."""
    known = {first.text, *(text for text, _ in first.alternatives)}
    if not second.text or second.text in known:
        return first
    added = (second.text, (1 - first.confidence) * second.confidence)
    return replace(first, alternatives=tuple(sorted((*first.alternatives, added), key=lambda pair: -pair[1])))
