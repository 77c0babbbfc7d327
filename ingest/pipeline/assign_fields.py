"""Say which cells hold which field of whom; the printed labels decide."""

from collections.abc import Sequence

from domain.series import Direction, Field, Form, Series
from ingest.pipeline.assignment import Assignment, Places
from ingest.pipeline.choose_form import choose_form
from ingest.pipeline.form_lines import LabelLine, Span, extent, find_label_line, overlap
from ingest.pipeline.match_labels import LabelMatch, match_labels
from ingest.pipeline.pair_labels import pair_household, pair_labels
from ingest.pipeline.read_cells import WrittenCell

SURE_HOUSEHOLD = 0.65
"""How like its print a household label must be: it stands anywhere on the form, so it is not helped by its
place."""
MIXED, ALL_LABELS = 0.1, 0.75
"""How many labels may stand among a table's values, and how much of its line of labels must be known."""


def assign_fields(cells: Sequence[WrittenCell], series: Series) -> Assignment | None:
    """Assign the cells of a form to the fields of a series; None where the page names no person fields.

    A form is a table (a line of labels, persons in line with it), or, where the series reads horizontally,
    pairs of a label and its value. On a horizontal form a line of labels counts only if it is one label after
    another, with no labels among its values; an upright one only where the writing is left of it, as on the
    books of a series whose sheets read across.
    """
    form = choose_form([cell.text for cell in cells], series)
    line = find_label_line(cells, series)
    if series.direction == "vertical":
        return None if line is None else _read_table(cells, line, series, form, across=False)
    if line is None or not heads_a_table(cells, line, series):
        return pair_labels(cells, series, form)
    if line.upright and not _writes_leftwards(cells, line):
        return pair_labels(cells, series, form)
    return _read_table(cells, line, series, form, across=not line.upright)


def _writes_leftwards(cells: Sequence[WrittenCell], line: LabelLine) -> bool:
    inside = [place for band in _bands(cells, line).values() for place in band]
    return any(cells[place].cell.box[2] <= line.across[0] + 8 for place in inside)


def _read_table(
    cells: Sequence[WrittenCell], line: LabelLine, series: Series, form: Form | None, *, across: bool
) -> Assignment:
    """Read a table of persons; `across` says whether the form is one that reads from left to right."""
    bands = _bands(cells, line)
    persons = _persons(cells, line, bands, backwards=line.upright and not across)
    taken = {place for band in bands.values() for place in band} | _in_label_line(cells, line)
    if across:
        labels, household = pair_household(cells, series, form, taken)
    else:
        labels, household = _household(cells, series, taken)
    named = {place: field.key for place, field in line.labels.items()} | labels
    direction: Direction = "horizontal" if across else "vertical"
    return Assignment(named, household, persons, form.key if form else None, direction)


def heads_a_table(cells: Sequence[WrittenCell], line: LabelLine, series: Series) -> bool:
    """Tell whether a lying line of labels has persons below it: it is labels alone, its bands values."""
    bands = _bands(cells, line)
    heads = {field.key: cells[place].text for place, field in line.labels.items()}
    inside = [(key, place) for key, band in bands.items() for place in band if cells[place].text]
    # On a blank form the next party's 姓名 stands where its own would: no short value says what heads it.
    labels = sum(cells[place].text == heads[key] or _is_label(cells[place], series) for key, place in inside)
    between = [place for place in _in_label_line(cells, line) if cells[place].text]
    return (
        bool(inside)
        and labels <= max(1, MIXED * len(inside))
        and len(line.labels) >= ALL_LABELS * len(between)
    )


def _is_label(cell: WrittenCell, series: Series) -> bool:
    return len(cell.text) > 2 and series.field_labelled(cell.text) is not None


def _in_label_line(cells: Sequence[WrittenCell], line: LabelLine) -> set[int]:
    """Collect the cells level with the labels that name no field of the series: a form may ask for more."""
    spans = [extent(cells[place], not line.upright) for place in line.labels]
    low, high = min(start for start, _ in spans), max(end for _, end in spans)
    return {
        place
        for place, cell in enumerate(cells)
        if overlap(extent(cell, line.upright), line.across) > 0.8
        and overlap(extent(cell, not line.upright), (low, high)) > 0.8
    }


def _bands(cells: Sequence[WrittenCell], line: LabelLine) -> dict[str, Places]:
    """Collect the cells level with each label, on that side of the labels where the writing is."""
    sides = [
        {field.key: _level(cells, line, place, before) for place, field in line.labels.items()}
        for before in (True, False)
    ]
    return max(sides, key=lambda bands: sum(bool(cells[p].text) for band in bands.values() for p in band))


def _level(cells: Sequence[WrittenCell], line: LabelLine, label: int, before: bool) -> Places:
    band = extent(cells[label], not line.upright)
    low, high = line.across
    found = []
    for place, cell in enumerate(cells):
        start, end = extent(cell, line.upright)
        if not (end <= low + 8 if before else start >= high - 8):
            continue
        level = extent(cell, not line.upright)
        if overlap(level, band) > 0.6 and (level[1] - level[0]) <= 1.5 * (band[1] - band[0]):
            found.append(place)
    return tuple(found)


def _persons(
    cells: Sequence[WrittenCell], line: LabelLine, bands: dict[str, Places], *, backwards: bool
) -> tuple[dict[str, Places], ...]:
    """Give each person the cells in line with the name's cell, in the order the form is read."""
    slots = sorted({extent(cells[place], line.upright) for place in bands.get("name", ())})
    slot_of = {
        place: _nearest(extent(cells[place], line.upright), slots)
        for band in bands.values()
        for place in band
        if slots and cells[place].text
    }
    persons = [_person(bands, slot_of, slot) for slot in (slots[::-1] if backwards else slots)]
    return tuple(person for person in persons if "name" in person or len(person) > 1)


def _person(bands: dict[str, Places], slot_of: dict[int, Span], slot: Span) -> dict[str, Places]:
    found = {key: tuple(place for place in band if slot_of.get(place) == slot) for key, band in bands.items()}
    return {key: places for key, places in found.items() if places}


def _nearest(span: Span, slots: list[Span]) -> Span:
    middle = (span[0] + span[1]) / 2
    return max(slots, key=lambda slot: (overlap(span, slot), -abs((slot[0] + slot[1]) / 2 - middle)))


def _household(
    cells: Sequence[WrittenCell], series: Series, taken: set[int]
) -> tuple[dict[int, str], dict[str, Places]]:
    """Match the labels outside the persons' part, and take the written cell beside or below each."""
    free = [place for place, cell in enumerate(cells) if place not in taken and cell.text]
    matched = {place: match for place in free if (match := _household_match(cells[place], series))}
    household: dict[str, Places] = {}
    for place, match in sorted(matched.items(), key=lambda item: (-item[1].likeness, item[1].rank)):
        value = _beside(cells, place, [one for one in free if one not in matched])
        if value is not None and match.field.key not in household:
            household[match.field.key] = (value,)
    return {place: match.field.key for place, match in matched.items()}, household


def _household_match(cell: WrittenCell, series: Series) -> LabelMatch | None:
    texts = [cell.text, *(text for text, _ in cell.alternatives)]
    found = (
        match
        for match in match_labels(texts, series)
        if match.field.level == "household" and match.likeness >= SURE_HOUSEHOLD
    )
    return next(found, None)


def _beside(cells: Sequence[WrittenCell], label: int, free: Sequence[int]) -> int | None:
    """Find the free written cell that touches a label: below it, left of it, or right of it, by what fits
    it best."""
    ranked = [
        (rank, place)
        for place in free
        if (rank := _fit(cells[label].cell.box, cells[place].cell.box)) is not None
    ]
    return min(ranked)[1] if ranked else None


def _fit(label: tuple[int, int, int, int], value: tuple[int, int, int, int]) -> float | None:
    """Rank a neighbour: the gap between, plus how far its shared side is from the label's; None if it does
    not touch."""
    below, left, right = value[1] - label[3], label[0] - value[2], value[0] - label[2]
    level = overlap((label[1], label[3]), (value[1], value[3])) > 0.8
    in_column = overlap((label[0], label[2]), (value[0], value[2])) > 0.8
    near = 40
    if in_column and -8 <= below <= near:
        return abs((label[2] - label[0]) - (value[2] - value[0])) + below
    if level and -8 <= left <= near:
        return abs((label[3] - label[1]) - (value[3] - value[1])) + left
    if level and -8 <= right <= near:
        return abs((label[3] - label[1]) - (value[3] - value[1])) + right + near
    return None


def fields_of(assignment: Assignment, series: Series) -> dict[str, Field]:
    """Give the fields a form asks for, by key."""
    return {key: series.field(key) for key in sorted(set(assignment.labels.values()))}
