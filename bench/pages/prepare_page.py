"""Makes up what one page says and writes it, before any picture is taken."""

from dataclasses import dataclass
from typing import Any

from numpy.random import Generator

from bench.pages.find_faces import Face, choose_face, find_faces
from bench.pages.form_parts import Layout
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.invent_household import Household
from bench.pages.invent_page import invent_page
from bench.pages.lay_out import form_ids, lay_out, read_form
from bench.pages.read_severity import Severity, read_severity
from bench.pages.show_through import show_through
from bench.pages.spec import PageSpec
from bench.pages.write_sheet import Written, write_sheet

SHEET_MARGIN = 24


@dataclass(frozen=True)
class Page:
    """A written page: what was asked for, the form, the hand, what it says and the upright sheet."""

    spec: PageSpec
    level: Severity
    form: dict[str, Any]
    face: Face
    household: Household
    layout: Layout
    written: Written

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the sheet."""
        return self.layout.width, self.layout.height

    @property
    def paper(self) -> Box | None:
        """The part of the sheet that is paper, or None where no ground is seen about it."""
        if not (self.level.bed or self.spec.border or self.spec.ground):
            return None
        whole = Box(0, 0, *self.size)
        return whole if self.spec.border else whole.inset(SHEET_MARGIN * self.spec.unit)


def prepare_page(spec: PageSpec, content: Generator, writing: Generator, behind: Generator) -> Page:
    """Return a written page; `content` decides what it says, `writing` how, `behind` what shows through.

    Raises: NoFacesError if no type face is installed; ValueError for a form, severity or knob there is none
    of.
    """
    level = read_severity(spec.severity, spec.knobs)
    form = read_form(spec.form or str(content.choice(form_ids(spec.series))))
    face = _written_face(spec, content)
    columns = spec.columns or int(content.choice(form.get("columns", [7, 8]), p=[0.75, 0.25]))
    persons = spec.persons or columns - int(content.random() < 0.15)
    household = invent_page(spec.series, form["id"], min(persons, columns), content)
    layout = lay_out(form, spec.width, spec.height, spec.unit, columns)
    through = _through(form, spec, level, columns, face, behind)
    written = write_sheet(spec, level, layout, form, household, face, through, writing)
    return Page(spec, level, form, face, household, layout, written)


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
