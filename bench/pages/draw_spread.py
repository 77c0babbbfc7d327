"""Draws two pages side by side in one picture, as an open book lies under the camera: the right page comes
first.
"""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from bench.pages.draw_page import lie_by_chance
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_sheet import Lie
from bench.pages.prepare_page import Page, prepare_page
from bench.pages.spec import PageSpec
from bench.pages.take_picture import Sheet, take_picture
from bench.pages.tell_truth import tell_truth
from bench.pages.truth import PageTruth

MIDDLE = 0.5


def draw_spread(spec: PageSpec, rng: Generator) -> tuple[Layer, tuple[PageTruth, PageTruth]]:
    """Return the pixels of a spread (H×2W×3 RGB) and what is on its right and on its left page.

    `spec` is that of the right page; the left one has the next number. The picture is not quarter-turned.

    Raises: NoFacesError if no type face is installed; ValueError for a form, severity or knob there is none
    of.
    """
    scanning, turning, *streams = rng.spawn(8)
    number = spec.page_number
    right = prepare_page(replace(spec, quarters=0), *streams[:3])
    left_spec = replace(right.spec, form=right.form["id"], page_number=None if number is None else number + 1)
    left = prepare_page(left_spec, *streams[3:])
    width, height = right.size
    lie, skew = lie_by_chance(right, (2 * width, height), MIDDLE, turning)
    paper = None if right.paper is None else replace(right.paper, x1=right.paper.x1 + width)
    sheet = _side_by_side(left.written.sheet, right.written.sheet)
    pixels = take_picture(
        sheet, lie, right.level, spec.unit, paper, scanning, ground=spec.ground, binding=MIDDLE
    )
    gutter = _gutter(lie, width, height)
    return pixels, (
        _tell(right, replace(lie, shift=float(width)), skew, "right", gutter),
        _tell(left, lie, skew, "left", gutter),
    )


def _tell(page: Page, lie: Lie, skew: float, side: str, gutter: tuple[float, float]) -> PageTruth:
    own = page.paper or Box(0, 0, *page.size)
    half = replace(own, x0=0.0) if side == "right" else replace(own, x1=float(page.size[0]))
    return replace(tell_truth(page, lie, skew, half), side=side, gutter=gutter)


def _side_by_side(left: Sheet, right: Sheet) -> Sheet:
    def joined(one: Layer | None, other: Layer | None) -> Layer | None:
        if one is None and other is None:
            return None
        both = [np.zeros_like(other) if one is None else one, np.zeros_like(one) if other is None else other]
        return np.asarray(np.hstack(both), dtype=np.uint8)

    return Sheet(
        np.hstack([left.printed, right.printed]),
        np.hstack([left.hand, right.hand]),
        joined(left.red, right.red),
        joined(left.seals, right.seals),
        joined(left.through, right.through),
    )


def _gutter(lie: Lie, width: int, height: int) -> tuple[float, float]:
    """Return where the line between the pages crosses the upper and the lower edge of the file."""
    (x0, y0), (x1, y1) = lie.points(np.full(2, float(width)), np.array([0.0, float(height)]))
    slope = (x1 - x0) / (y1 - y0)
    return round(float(x0 - slope * y0), 1), round(float(x0 + slope * (lie.taken[1] - y0)), 1)
