"""Draws one page and says what is on it."""

from typing import Any

from numpy.random import Generator

from bench.pages.age_paper import PaperAge, age_paper
from bench.pages.find_faces import Face, choose_face, find_faces
from bench.pages.geometry import Box, Matrix, Quad, turn_box, turn_matrix
from bench.pages.ink_glyphs import Layer
from bench.pages.invent_household import invent_household
from bench.pages.lay_out import form_ids, lay_out, read_form
from bench.pages.read_data import read_toml
from bench.pages.read_severity import Severity, read_severity
from bench.pages.scan_sheet import Ink, expose, scan_sheet, show_bed, show_through
from bench.pages.spec import PageSpec
from bench.pages.tell_truth import tell_truth
from bench.pages.truth import PageTruth
from bench.pages.write_sheet import Sheet, write_sheet

SHEET_MARGIN = 24
BED_LEVEL = (18, 52)


def draw_page(spec: PageSpec, rng: Generator) -> tuple[Layer, PageTruth]:
    """Return the pixels of a page (H×W×3 RGB) and what is on it; the same spec and seed draw the same page.

    Raises: NoFacesError if no type face is installed; ValueError for a form or severity there is none of.
    """
    # One stream of chance a purpose, so that a harder page still says the same.
    content, writing, scanning, turning = rng.spawn(4)
    level = read_severity(spec.severity)
    form = read_form(spec.form or str(content.choice(form_ids())))
    face = _written_face(spec, content)
    columns = spec.columns or int(content.choice([7, 8], p=[0.75, 0.25]))
    persons = spec.persons or columns - int(content.random() < 0.15)
    household = invent_household(content, min(persons, columns))
    layout = lay_out(form, spec.width, spec.height, spec.unit, columns)
    sheet = write_sheet(spec, level, layout, form["heading"], household, face, writing)
    drawn = float(turning.uniform(-1, 1)) * level.skew
    skew = drawn if spec.skew_deg is None else spec.skew_deg
    matrix = turn_matrix(spec.width, spec.height, skew)
    paper = turn_box(_paper_box(spec, level), matrix)
    pixels = _scan(spec, level, sheet, matrix, paper, scanning)
    return pixels, tell_truth(spec, form, face, skew, matrix, paper, layout, household, sheet)


def _written_face(spec: PageSpec, rng: Generator) -> Face:
    drawn = int(rng.integers(len(find_faces())))
    return find_faces()[drawn] if spec.face is None else choose_face("hand", spec.face)


def _paper_box(spec: PageSpec, level: Severity) -> Box:
    whole = Box(0, 0, spec.width, spec.height)
    return whole.inset(SHEET_MARGIN * spec.unit) if level.bed else whole


def _scan(
    spec: PageSpec, level: Severity, sheet: Sheet, matrix: Matrix, paper: Quad, rng: Generator
) -> Layer:
    age = PaperAge(level.paper, level.texture, level.stains, level.stain_depth)
    bare = age_paper(spec.height, spec.width, age, rng)
    pixels = scan_sheet(bare, _inks(sheet, level, rng), matrix)
    if level.bed:
        pixels = show_bed(pixels, paper, int(rng.integers(*BED_LEVEL)))
    blur = float(rng.uniform(*level.blur)) * spec.unit
    return expose(pixels, blur, float(rng.uniform(*level.noise)), rng)


def _inks(sheet: Sheet, level: Severity, rng: Generator) -> list[Ink]:
    colours: dict[str, list[Any]] = read_toml("inks")
    inks = [
        Ink(sheet.printed, _colour(colours["printed"], rng)),
        Ink(sheet.hand, _colour(colours["hand"], rng)),
    ]
    if sheet.stamped:
        inks.append(Ink(sheet.seals, _colour(colours["seals"], rng)))
    if level.through:
        inks.append(Ink(show_through(sheet.hand, level.through), (96, 84, 72)))
    return inks


def _colour(colours: list[Any], rng: Generator) -> tuple[int, int, int]:
    red, green, blue = colours[int(rng.integers(len(colours)))]
    return red, green, blue
