"""Draws one page and says what is on it."""

from typing import Any

from numpy.random import Generator

from bench.pages.bend_sheet import bend_sheet
from bench.pages.find_faces import Face, choose_face, find_faces
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.invent_page import invent_page
from bench.pages.lay_out import form_ids, lay_out, read_form
from bench.pages.lay_sheet import Lie, draw_slant, lay_sheet
from bench.pages.read_severity import Severity, read_severity
from bench.pages.show_through import show_through
from bench.pages.spec import PageSpec
from bench.pages.take_picture import take_picture
from bench.pages.tell_truth import tell_truth
from bench.pages.truth import PageTruth
from bench.pages.write_sheet import write_sheet

SHEET_MARGIN = 24


def draw_page(spec: PageSpec, rng: Generator) -> tuple[Layer, PageTruth]:
    """Return the pixels of a page (H×W×3 RGB) and what is on it; the same spec and seed draw the same page.

    Raises: NoFacesError if no type face is installed; ValueError for a form, severity or knob there is none of.
    """
    # One stream of chance a purpose, so that a harder page still says the same.
    content, writing, scanning, turning, behind = rng.spawn(5)
    level = read_severity(spec.severity, spec.knobs)
    form = read_form(spec.form or str(content.choice(form_ids(spec.series))))
    face = _written_face(spec, content)
    columns = spec.columns or int(content.choice(form.get("columns", [7, 8]), p=[0.75, 0.25]))
    persons = spec.persons or columns - int(content.random() < 0.15)
    household = invent_page(spec.series, form["id"], min(persons, columns), content)
    layout = lay_out(form, spec.width, spec.height, spec.unit, columns)
    through = _through(form, spec, level, columns, face, behind)
    written = write_sheet(spec, level, layout, form, household, face, through, writing)
    lie, skew = _lie(spec, level, (layout.width, layout.height), turning)
    paper = _paper_box(spec, level, layout.width, layout.height)
    pixels = take_picture(
        written.sheet, lie, level, spec.unit, paper, scanning, ground=spec.ground, binding=spec.binding
    )
    return pixels, tell_truth(spec, form, face, skew, lie, paper, layout, household, written)


def _written_face(spec: PageSpec, rng: Generator) -> Face:
    drawn = int(rng.integers(len(find_faces())))
    return find_faces()[drawn] if spec.face is None else choose_face("hand", spec.face)


def _through(
    form: dict[str, Any], spec: PageSpec, level: Severity, columns: int, face: Face, rng: Generator
) -> Layer | None:
    if not level.through:
        return None
    household = invent_page(spec.series, form["id"], columns, rng)
    size = (spec.width, spec.height)
    return show_through(form, size, spec.unit, columns, household, face, level.through, rng)


def _lie(spec: PageSpec, level: Severity, size: tuple[int, int], rng: Generator) -> tuple[Lie, float]:
    """Return how the sheet lies, and its skew in degrees."""
    drawn = float(rng.uniform(-1, 1)) * level.skew
    skew = drawn if spec.skew_deg is None else spec.skew_deg
    slant = draw_slant(level.perspective, rng)
    bow = bend_sheet(*size, level.curl * spec.unit, spec.binding, rng)
    return lay_sheet(size, skew, slant, bow, spec.border, spec.quarters), skew


def _paper_box(spec: PageSpec, level: Severity, width: int, height: int) -> Box | None:
    if not (level.bed or spec.border or spec.ground):
        return None
    whole = Box(0, 0, width, height)
    return whole if spec.border else whole.inset(SHEET_MARGIN * spec.unit)
