"""Take figures written side by side in a vertical form for the one row that they are."""

import re
from collections.abc import Sequence

from ingest.pipeline.results import Box

LEAST = 3
"""Fewer pieces in a row may be a column's characters side by side."""
MOSTLY = 0.6
"""Of what was read in the pieces so much must be figures: alone an H is read as 上, a 0 as 口."""
_FIGURE = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]")


def join_figures(columns: Sequence[Box], texts: Sequence[str]) -> Box | None:
    """Return one box round columns that are pieces of a row of figures, by how they read; None for others.

    Columns of writing run right to left, numbers never do, and read whole their figures tell one another
    apart.
    """
    letters = "".join(texts)
    if len(columns) < LEAST or len(_FIGURE.findall(letters)) < MOSTLY * max(1, len(letters)):
        return None
    x0, y0, x1, y1 = zip(*columns, strict=True)
    if max(y0) >= min(y1):
        return None
    return min(x0), min(y0), max(x1), max(y1)
