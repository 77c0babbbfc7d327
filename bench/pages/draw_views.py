"""Draws the two views of a page that a slip lies on: with the slip over it, and with the slip folded back."""

from dataclasses import replace
from pathlib import PurePath

from numpy.random import Generator

from bench.pages.draw_page import lie_by_chance, picture
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_slip import Slip, fold_back, invent_slip, lay_slip
from bench.pages.prepare_page import Page, prepare_page
from bench.pages.spec import PageSpec
from bench.pages.tell_truth import tell_truth
from bench.pages.truth import PageTruth, SlipTruth


def draw_views(spec: PageSpec, rng: Generator) -> tuple[tuple[Layer, PageTruth], tuple[Layer, PageTruth]]:
    """Return the pixels (H×W×3 RGB) and the truth of both views; the second is named after the first, with
    `-2`.

    Raises: NoFacesError if no type face is installed; ValueError for a form, severity or knob there is none
    of.
    """
    content, writing, behind, slipping, first, second = rng.spawn(6)
    page = prepare_page(spec, content, writing, behind)
    slip = invent_slip(page, slipping)
    name = PurePath(spec.file)
    other = replace(page, spec=replace(spec, file=f"{name.stem}-2{name.suffix}"))
    over, skew = lie_by_chance(page, page.size, spec.binding, first)
    back, other_skew = lie_by_chance(page, page.size, spec.binding, second)
    slip_truth = SlipTruth(slip.text, over.bounds(slip.box))
    truth = replace(tell_truth(page, over, skew), covered=_covered(page, slip), slip=slip_truth)
    other_truth = replace(tell_truth(other, back, other_skew), view=2)
    if _hides_mark(page, slip):
        truth, other_truth = replace(truth, designation=None), replace(other_truth, designation=None)
    return (
        (picture(page, lay_slip(page, slip, slipping), over, first), truth),
        (picture(other, fold_back(page, slip), back, second), other_truth),
    )


def _covered(page: Page, slip: Slip) -> tuple[int, ...]:
    """Return the cells, by their place, whose writing the slip touches."""
    lain = Box(
        slip.box.x0 + min(0.0, slip.slant),
        slip.box.y0,
        slip.box.x1 + max(0.0, slip.slant),
        slip.box.y1,
    )
    return tuple(
        at for at, item in enumerate(page.written.inked) if item.ink is not None and lain.overlaps(item.ink)
    )


def _hides_mark(page: Page, slip: Slip) -> bool:
    """Return whether the slip, or its back when it is folded, lies on the page's number."""
    mark, box = page.written.page_mark, slip.box
    return mark is not None and Box(box.x0, box.y0 - box.height, box.x1, box.y1).overlaps(mark.box)
