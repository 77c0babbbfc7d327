"""Put figures written side by side in a vertical form into the order they are read: from the left."""

import re
from dataclasses import replace

from ingest.pipeline.read_cells import WrittenCell

LEAST_FIGURES = 3
_FIGURE = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９.]{1,2}\Z")


def order_digits(cell: WrittenCell) -> WrittenCell:
    """Turn round the lines of a cell that are single figures of one row, cut as columns from the right.

    Columns of writing run right to left, numbers never do: J139404048 must not come out as 840404931J.
    """
    if len(cell.lines) < LEAST_FIGURES or not all(_FIGURE.match(one.text) for one in cell.readings):
        return cell
    rightwards = [line[0] for line in cell.lines]
    if rightwards != sorted(rightwards, reverse=True) or not _in_one_row(cell):
        return cell
    return replace(cell, lines=cell.lines[::-1], readings=cell.readings[::-1], inks=cell.inks[::-1])


def _in_one_row(cell: WrittenCell) -> bool:
    tops, bottoms = [line[1] for line in cell.lines], [line[3] for line in cell.lines]
    return max(tops) < min(bottoms)
