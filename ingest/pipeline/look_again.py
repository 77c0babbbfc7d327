"""Ask a second engine about doubtful lines; its opinion stands beside the first, and replaces nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from domain.characters import fold
from ingest.ocr.port import Reading, Recogniser
from ingest.pipeline.read_cells import Opinion, WrittenCell, cut, lies

_Place = tuple[int, int]
"""A cell, and a line of it."""


def look_again(
    gray: NDArray[np.uint8],
    cells: Sequence[WrittenCell],
    places: Collection[int],
    second: Recogniser,
    vertical: bool,
    below: float,
) -> tuple[WrittenCell, ...]:
    """Show the second engine the lines that were read with less confidence than `below` in the cells at
    `places`.

    Its reading joins a line's alternatives; a cell of which it read a line otherwise is one on which it
    differs.
    """
    doubtful = [
        (place, line)
        for place in sorted(places)
        for line, reading in enumerate(cells[place].readings)
        if reading.confidence < below
    ]
    opinions = _ask(gray, cells, doubtful, second, vertical)
    return tuple(_with_opinions(cell, place, opinions) for place, cell in enumerate(cells))


def _ask(
    gray: NDArray[np.uint8],
    cells: Sequence[WrittenCell],
    doubtful: Sequence[_Place],
    second: Recogniser,
    vertical: bool,
) -> dict[_Place, Reading]:
    """Have the lines read, those that stand and those that lie apart; a line it reads nothing in is left
    out."""
    opinions: dict[_Place, Reading] = {}
    for upright in (True, False):
        asked = [at for at in doubtful if (vertical and not lies(cells[at[0]].lines[at[1]])) == upright]
        crops = [cut(gray, cells[place].lines[line]) for place, line in asked]
        read = second.read_lines(crops, upright) if crops else []
        opinions |= {at: opinion for at, opinion in zip(asked, read, strict=True) if opinion.text}
    return opinions


def _with_opinions(cell: WrittenCell, place: int, opinions: dict[_Place, Reading]) -> WrittenCell:
    said = {line: opinion for (at, line), opinion in opinions.items() if at == place}
    if not said:
        return cell
    same = all(fold(cell.readings[line].text) == fold(opinion.text) for line, opinion in said.items())
    opinion: Opinion = "agrees" if same else "differs"
    readings = tuple(
        _beside(reading, said[line]) if line in said else reading
        for line, reading in enumerate(cell.readings)
    )
    return replace(cell, readings=readings, second=opinion)


def _beside(first: Reading, second: Reading) -> Reading:
    """Weigh the second reading with what the first engine left open."""
    known = {first.text, *(text for text, _ in first.alternatives)}
    if second.text in known:
        return first
    added = (second.text, (1 - first.confidence) * second.confidence)
    return replace(first, alternatives=tuple(sorted((*first.alternatives, added), key=lambda pair: -pair[1])))
