"""Read a straightened page as a form of its series: rulings, cells, fields, values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.series import Series
from imaging.arrays import Gray
from imaging.orientation import OrientationEstimate
from ingest.layout.find_cells import FoundForm, find_cells
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.port import Recogniser
from ingest.pipeline.assemble_form import assemble_form
from ingest.pipeline.assign_fields import assign_fields
from ingest.pipeline.assignment import Assignment
from ingest.pipeline.box_ways import BoxWays
from ingest.pipeline.clock import Clock
from ingest.pipeline.cut_cells import CutCell, cut_as_written, cut_cells
from ingest.pipeline.look_again import look_again
from ingest.pipeline.read_cells import WrittenCell, read_cells, with_inks
from ingest.pipeline.read_designation import box_around, read_designation
from ingest.pipeline.reading_scale import reading_scale, resized, scaled
from ingest.pipeline.results import Box, PageContent
from ingest.pipeline.seek_labels import choose_sample, holds_label
from ingest.pipeline.straighten_page import StraightPage
from ingest.pipeline.tell_upright import upright_by_labels


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """`doubt_below`: lines of fields read with less confidence are shown to the second engine, if there is
    one."""

    doubt_below: float = 0.5


@dataclass(frozen=True, slots=True)
class Readers:
    """The engine that reads, and the one that is asked about the doubtful lines of fields."""

    first: Recogniser
    second: Recogniser | None = None


@dataclass(frozen=True, slots=True)
class SeenForm:
    """The rulings of a page; the boxes of the seals taken out of it, in its own pixels; its content, if the
    rulings are those of a form of the series; and that it stands upright, if its labels show it."""

    form: FoundForm
    seals: tuple[Box, ...]
    content: PageContent | None = None
    upright: OrientationEstimate | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """What cells are read off, as what, and by whom."""

    gray: Gray
    series: Series
    readers: Readers


def read_form(
    page: StraightPage,
    ppi: float | None,
    series: Series,
    readers: Readers,
    settings: ReadingSettings,
    clock: Clock,
) -> SeenForm:
    """Read a straightened page as a form of the series.

    Raises:
        EngineMissing: a recogniser is not usable here.
    """
    factor = reading_scale(page.pixels.shape, ppi)
    form, seals = _find_form(page, factor, clock)
    if not form.cells:
        return SeenForm(form, seals)
    with clock.step("read"):
        found = _read_assigned(form, series, readers)
    if found is None:
        return SeenForm(form, seals)
    written, assignment = found
    if readers.second is not None:
        with clock.step("look_again"):
            written = _look_again(form.gray, written, assignment, readers.second, settings)
    ways = _ways(written, form, page, factor)
    with clock.step("inks"):
        written = with_inks(page.pixels, form.gray, ways.to_page, written)
    upright = upright_by_labels(written, assignment)
    with clock.step("assign"):
        content = assemble_form(written, assignment, series, ways.to_master, readers.first.name)
    with clock.step("designation"):
        around = box_around([cell.box for cell in form.cells])
        number = read_designation(form.gray, around, readers.first, ways.to_master)
    return SeenForm(form, seals, replace(content, designation=number), upright)


def _look_again(
    gray: Gray,
    cells: tuple[WrittenCell, ...],
    assignment: Assignment,
    second: Recogniser,
    settings: ReadingSettings,
) -> tuple[WrittenCell, ...]:
    vertical = assignment.direction == "vertical"
    return look_again(gray, cells, assignment.values, second, vertical, settings.doubt_below)


def _ways(cells: Sequence[WrittenCell], form: FoundForm, page: StraightPage, factor: float) -> BoxWays:
    boxes = (box for cell in cells for box in (cell.cell.whole, cell.ink, *cell.lines))
    return BoxWays(boxes, form.bend, page.transform, factor)


def _read_assigned(
    form: FoundForm, series: Series, readers: Readers
) -> tuple[tuple[WrittenCell, ...], Assignment] | None:
    """Read the cells and say what each is; None where they are those of no form of the series."""
    vertical = series.direction == "vertical"
    if vertical:
        cells = cut_cells(form.gray, form.cells, vertical)
    else:  # such a series may have books too, whose pages read down
        cells, vertical = cut_as_written(form.gray, form.cells)
    task = _Task(form.gray, series, readers)
    found = _read_and_assign(task, cells, vertical)
    if found is None or (found[1].direction == "vertical") == vertical:
        return found
    # The labels say otherwise, and know better than the shape of the writing.
    cells = cut_cells(form.gray, form.cells, not vertical)
    return _read_and_assign(task, cells, not vertical) or found


def _read_and_assign(
    task: _Task, cells: Sequence[CutCell], vertical: bool
) -> tuple[tuple[WrittenCell, ...], Assignment] | None:
    written = _read(task, cells, vertical)
    assignment = None if written is None else assign_fields(written, task.series)
    return None if written is None or assignment is None else (written, assignment)


def _find_form(page: StraightPage, factor: float, clock: Clock) -> tuple[FoundForm, tuple[Box, ...]]:
    """Find a page's form, and the boxes of the seals that were taken out first."""
    with clock.step("seals"):
        # A large scan is shrunk first: its many masks would take a gibibyte.
        shrunk, enlarged = min(1.0, factor), max(1.0, factor)
        free = separate_seals(resized(page.pixels, shrunk))
        seals = tuple(scaled(box, 1 / shrunk) for box in free.seals)
        gray = resized(free.gray, enlarged)
        strokes = None if free.strokes is None else resized(free.strokes, enlarged)
    with clock.step("grid"):
        return find_cells(gray, strokes), seals


def _read(task: _Task, cells: Sequence[CutCell], vertical: bool) -> tuple[WrittenCell, ...] | None:
    """Read the cells; None where a first look at some of them shows no label of the series."""
    sample = choose_sample(cells)
    written = _read_sampled(task, cells, sample, vertical) if sample else None
    if sample is None or not sample:
        written = read_cells(task.gray, cells, task.readers.first, vertical)
    return written


def _read_sampled(
    task: _Task, cells: Sequence[CutCell], sample: Sequence[int], vertical: bool
) -> tuple[WrittenCell, ...] | None:
    """Read the sampled cells, and the others only if there is a label among them."""
    first = read_cells(task.gray, [cells[place] for place in sample], task.readers.first, vertical)
    if not holds_label(first, task.series):
        return None
    others = [place for place in range(len(cells)) if place not in set(sample)]
    rest = read_cells(task.gray, [cells[place] for place in others], task.readers.first, vertical)
    read = dict(zip([*sample, *others], [*first, *rest], strict=True))
    return tuple(read[place] for place in range(len(cells)))
