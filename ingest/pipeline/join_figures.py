"""Take figures written side by side in a vertical form for the one row that they are."""

import re
from collections.abc import Sequence

from ingest.pipeline.results import Box

LEAST = 3
"""Fewer pieces in a row may be a column's characters side by side."""
MOSTLY = 0.6
"""Of what was read in the pieces so much must be figures: alone an H is read as 上, a 0 as 口."""
ALIKE, SQUAT = 0.7, 0.5
"""Pieces of a row are as high as one another but for the first share, and on average as wide as the second
share of their height at least, where columns of several characters are slimmer."""
_FIGURE = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]")


def join_figures(columns: Sequence[Box], texts: Sequence[str]) -> Box | None:
    """Return one box round columns that are pieces of a row of figures, by how they read; None for others.

    Columns of writing run right to left, numbers never do, and read whole their figures tell one another
    apart.
    """
    return _row(columns) if len(columns) >= LEAST and are_figures("".join(texts)) else None


def row_by_shape(columns: Sequence[Box]) -> Box | None:
    """Return one box round columns that may be pieces of a row of figures: all of the height of a glyph."""
    highs = [y1 - y0 for _, y0, _, y1 in columns]
    wides = [x1 - x0 for x0, _, x1, _ in columns]
    if len(columns) < LEAST or min(highs) < ALIKE * max(highs) or sum(wides) < SQUAT * sum(highs):
        return None
    return _row(columns)


def are_figures(text: str) -> bool:
    """Tell a text that is mostly figures."""
    return len(_FIGURE.findall(text)) >= MOSTLY * max(1, len(text))


def _row(columns: Sequence[Box]) -> Box | None:
    """Join columns that stand side by side."""
    x0, y0, x1, y1 = zip(*columns, strict=True)
    return (min(x0), min(y0), max(x1), max(y1)) if max(y0) < min(y1) else None
