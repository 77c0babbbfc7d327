"""Read a form on which each label has its value right of it, or below it: several pairs a row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from domain.series import Form, Series, bare_label
from ingest.pipeline.assignment import Assignment, Places
from ingest.pipeline.find_labels import FoundLabel, find_labels, neighbour
from ingest.pipeline.find_parties import Parties, find_parties
from ingest.pipeline.form_lines import extent, overlap
from ingest.pipeline.read_cells import WrittenCell

LEAST_LABELS = 2
NARROW, BOXED = 1.5, 3
"""A cell so many times as wide as high at most, with so little in it, may be one of several boxes for one
value."""


def pair_labels(cells: Sequence[WrittenCell], series: Series, form: Form | None) -> Assignment | None:
    """Assign the cells of a horizontal form by its labels; None where it names hardly anything."""
    parties = find_parties(cells, form)
    labels = {
        place: label
        for place, label in find_labels(cells, series, form).items()
        if place not in parties.headings
    }
    if len(labels) < LEAST_LABELS:
        return None
    household: dict[str, Places] = {}
    persons: dict[int, dict[str, Places]] = defaultdict(dict)
    own = frozenset(map(bare_label, form.labels)) if form else frozenset()

    def rank(one: int) -> tuple[bool, int, int]:
        """Rank the form's own label (姓名) before another for the field (離婚人, over misread headings)."""
        return bare_label(cells[one].text) not in own, cells[one].cell.row, cells[one].cell.col

    for place in sorted(labels, key=rank):
        label = labels[place]
        for party, places in _values(cells, place, label, labels, parties):
            to = household if label.field.level == "household" else persons[party]
            to.setdefault(label.field.key, places)
    named = {place: label.field.key for place, label in labels.items()}
    whole = tuple(persons[party] for party in sorted(persons) if "name" in persons[party])
    return Assignment(named, household, whole, form.key if form else None, "horizontal")


def pair_household(
    cells: Sequence[WrittenCell], series: Series, form: Form | None, taken: Collection[int]
) -> tuple[dict[int, str], dict[str, Places]]:
    """Pair the household's labels with their values, outside the cells taken by the table of persons."""
    labels = {
        place: label
        for place, label in find_labels(cells, series, form).items()
        if place not in taken and label.field.level == "household"
    }
    household: dict[str, Places] = {}
    for place, label in labels.items():
        run = _run(cells, place, {*labels, *taken}, across=False)
        written = tuple(one for one in run if cells[one].text)
        if written:
            household.setdefault(label.field.key, written)
    return {place: label.field.key for place, label in labels.items()}, household


def _values(
    cells: Sequence[WrittenCell],
    place: int,
    label: FoundLabel,
    labels: Mapping[int, FoundLabel],
    parties: Parties,
) -> Iterator[tuple[int, Places]]:
    """Yield a label's written values, by party where it has one for each."""
    across = parties.beside and parties.count > 1
    run = tuple(_run(cells, place, {*labels, *parties.headings}, across))
    if label.field.level == "household" or label.party is not None or parties.count == 1:
        written = tuple(one for one in run if cells[one].text)
        if written:
            yield label.party or 0, written
        return
    by_party: dict[int, list[int]] = defaultdict(list)
    for turn, one in enumerate(run):
        by_party[parties.of(cells[place], cells[one], turn, len(run))].append(one)
    for party, places in by_party.items():
        written = tuple(one for one in places if cells[one].text)
        if written:
            yield party, written


def _run(cells: Sequence[WrittenCell], place: int, stops: set[int], across: bool) -> Iterator[int]:
    """Walk right from a label up to the next; where nothing stands there, take what is below it.

    Beyond the first cell the walk goes on over narrow boxes alone, or `across` the columns of several
    parties: what stands further right may be a label that the series does not know.
    """
    at = neighbour(cells, place, right=True)
    if at is None or at in stops:
        below = _below(cells, place)
        if below is not None and below not in stops:
            yield below
        return
    while at is not None and at not in stops:
        yield from _stack(cells, place, at, stops)
        at = neighbour(cells, at, right=True)
        if at is not None and not across and not _is_narrow(cells[at]):
            return


def _is_narrow(cell: WrittenCell) -> bool:
    x0, y0, x1, y1 = cell.cell.box
    return x1 - x0 <= NARROW * (y1 - y0) and len(cell.text) <= BOXED


def _stack(cells: Sequence[WrittenCell], place: int, at: int, stops: set[int]) -> Iterator[int]:
    """Yield the cells one below another that are level with a tall label, from the top."""
    low, high = extent(cells[place], along_x=False)
    column = extent(cells[at], along_x=True)
    level = [
        other
        for other, cell in enumerate(cells)
        if other not in stops
        and other != place
        and overlap(extent(cell, along_x=True), column) > 0.8
        and low - 8 <= sum(extent(cell, along_x=False)) / 2 <= high + 8
    ]
    yield from sorted(level, key=lambda other: cells[other].cell.box[1]) if at in level else [at]


def _below(cells: Sequence[WrittenCell], place: int) -> int | None:
    column, bottom = extent(cells[place], along_x=True), cells[place].cell.box[3]
    under = [
        (cell.cell.box[1] - bottom, other)
        for other, cell in enumerate(cells)
        if other != place
        and overlap(extent(cell, along_x=True), column) > 0.8
        and -10 <= cell.cell.box[1] - bottom <= 40
    ]
    return min(under)[1] if under else None
