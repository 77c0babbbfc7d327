"""Tell early whether a ruled page is a form of the series: look for labels in a few cells of it."""

from collections.abc import Sequence
from itertools import zip_longest

from domain.series import Series
from ingest.pipeline.cut_cells import CutCell
from ingest.pipeline.match_labels import match_labels
from ingest.pipeline.read_cells import WrittenCell

FEW = 128
"""A page of no more lines than this is read at once."""
SAMPLED = 48
"""So many lines are read first: a third of a second's work."""
A_COLUMN = 6
"""So many cells of a column are among them, from its top: labels head the columns, or fill one."""
MOST_LINES, LONGEST = 2, 8
"""A label has so many lines at most, none of them this many times longer than wide."""
SURE = 0.6
"""A text this like a label is one."""


def choose_sample(cells: Sequence[CutCell]) -> tuple[int, ...] | None:
    """Choose the places of cells that are to be read first; None where all may be read at once."""
    if sum(len(cell.lines) for cell in cells) <= FEW:
        return None
    columns: dict[int, list[int]] = {}
    for place, cell in enumerate(cells):
        if _may_be_label(cell):
            columns.setdefault(cell.cell.col, []).append(place)
    turns = zip_longest(*(column[:A_COLUMN] for column in columns.values()))
    chosen: list[int] = []
    lines = 0
    for place in (one for turn in turns for one in turn if one is not None):
        if lines + len(cells[place].lines) > SAMPLED:
            break
        lines += len(cells[place].lines)
        chosen.append(place)
    return tuple(sorted(chosen))


def _may_be_label(cell: CutCell) -> bool:
    if not 0 < len(cell.lines) <= MOST_LINES:
        return False
    sides = [(x1 - x0, y1 - y0) for x0, y0, x1, y1 in cell.lines]
    return all(max(wide, high) <= LONGEST * min(wide, high) for wide, high in sides)


def holds_label(cells: Sequence[WrittenCell], series: Series) -> bool:
    """Tell whether any of the read cells is a label of the series; of one character, two must be."""
    fields = {label for cell in cells if (label := _label(cell, series))}
    return any(long for _, long in fields) or len(fields) > 1


def _label(cell: WrittenCell, series: Series) -> tuple[str, bool] | None:
    texts = [cell.text, *(text for text, _ in cell.alternatives)]
    found = match_labels(texts, series)
    if not cell.text or not found or found[0].likeness < SURE:
        return None
    return found[0].field.key, len(cell.text) > 1
