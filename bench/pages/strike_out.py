"""Strikes people out in red, as clerks did whom a death or a move took off the page (除戶)."""

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.form_parts import Layout

STROKE = 7
KNOTS = 7
SHIFT = 4


def strike_out(layer: Layer, layout: Layout, struck: tuple[int, ...], unit: float, rng: Generator) -> None:
    """Draw a red stroke through what is written of every person given, by entry (layer changed in place)."""
    for entry in struck:
        names = [slot.box for slot in layout.slots if slot.entry == entry and slot.field == "name"]
        cells = [slot.box for slot in layout.slots if slot.entry == entry and slot.kind == "value"]
        if names and cells:
            whole = cells[0]
            for cell in cells[1:]:
                whole = whole.union(cell)
            _strike(layer, names[0] if rng.random() < 0.5 else whole, layout.across, unit, rng)


def _strike(layer: Layer, box: Box, across: bool, unit: float, rng: Generator) -> None:
    """Draw one stroke along the way the person is written, from near one end to near the other."""
    along = np.linspace(0.06, 0.94, KNOTS)
    lean = float(rng.uniform(-0.3, 0.3))
    aside = 0.5 + (along - 0.5) * lean + rng.normal(0, 0.006, KNOTS)
    across_x, across_y = (along, aside) if across else (aside, along)
    points = np.stack([box.x0 + across_x * box.width, box.y0 + across_y * box.height], axis=1)
    fixed = np.round(points * (1 << SHIFT)).astype(np.int32)
    thick = max(1, round(STROKE * unit * float(rng.uniform(0.7, 1.2))))
    cv2.polylines(layer, [fixed], False, 225, thick, cv2.LINE_AA, SHIFT)
