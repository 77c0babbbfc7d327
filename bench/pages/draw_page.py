"""Draws one page and says what is on it."""

from numpy.random import Generator

from bench.pages.bend_sheet import bend_sheet
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_sheet import Lie, draw_slant, lay_sheet
from bench.pages.prepare_page import Page, prepare_page
from bench.pages.spec import PageSpec
from bench.pages.take_picture import Sheet, take_picture
from bench.pages.tell_truth import tell_truth
from bench.pages.truth import PageTruth


def draw_page(spec: PageSpec, rng: Generator, *, lying: Generator | None = None) -> tuple[Layer, PageTruth]:
    """Return the pixels of a page (H×W×3 RGB) and what is on it; the same spec and seed draw the same page.

    `lying` decides how the sheet lies under the camera, where `rng` shall not.

    Raises: NoFacesError if no type face is installed; ValueError for a form, severity or knob there is none
    of.
    """
    # One stream of chance a purpose, so that a harder page still says the same.
    content, writing, scanning, turning, behind = rng.spawn(5)
    page = prepare_page(spec, content, writing, behind)
    lie, skew = lie_by_chance(page, page.size, spec.binding, lying or turning)
    return picture(page, page.written.sheet, lie, scanning), tell_truth(page, lie, skew)


def lie_by_chance(
    page: Page, size: tuple[int, int], binding: float | None, rng: Generator
) -> tuple[Lie, float]:
    """Return how a sheet of this size lies under the camera, and its skew in degrees."""
    spec, level = page.spec, page.level
    # A spread is twice as wide, and half the turn takes its corners as far.
    drawn = float(rng.uniform(-1, 1)) * level.skew * page.size[0] / size[0]
    skew = drawn if spec.skew_deg is None else spec.skew_deg
    slant = draw_slant(level.perspective, rng)
    bow = bend_sheet(size, level.curl * spec.unit, level.sideways * spec.unit, binding, rng)
    return lay_sheet(size, skew, slant, bow, spec.border, spec.quarters), skew


def picture(page: Page, sheet: Sheet, lie: Lie, rng: Generator) -> Layer:
    """Return the picture of a sheet of this page."""
    spec = page.spec
    return take_picture(
        sheet, lie, page.level, spec.unit, page.paper, rng, ground=spec.ground, binding=spec.binding
    )
