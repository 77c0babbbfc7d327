"""Find the printed labels of a horizontal form, wherever they stand on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.series import Field, Form, Series, bare_label
from ingest.pipeline.choose_form import fields_of_form
from ingest.pipeline.form_lines import extent, overlap
from ingest.pipeline.match_labels import match_labels
from ingest.pipeline.read_cells import WrittenCell

SURE = 0.65
"""How like its print a label must be that stands alone; in a column of labels, half is enough."""
EXACT = 0.95
LONGEST = 24
MISREAD = 0.5


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A cell's field, and the party it is printed for, where the label itself says so (夫姓名)."""

    field: Field
    party: int | None = None


def find_labels(cells: Sequence[WrittenCell], series: Series, form: Form | None) -> dict[int, FoundLabel]:
    """Find every cell that is a printed label; keys are the cells' places."""
    found = {
        place: label
        for place, cell in enumerate(cells)
        if 0 < len(cell.text) <= LONGEST and (label := _label(cell, series, form, SURE))
    }
    found = {place: label for place, label in found.items() if not _is_answer(cells, place, found)}
    taken = {label.field.key for label in found.values()}
    for place, cell in enumerate(cells):
        if place in found or not 0 < len(cell.text) <= LONGEST or not _in_column(cells, place, found):
            continue
        label = _label(cell, series, form, MISREAD)
        if label is not None and label.field.key not in taken:
            found[place] = label
    return found


def _label(cell: WrittenCell, series: Series, form: Form | None, least: float) -> FoundLabel | None:
    """Match a cell with the labels of the form's own fields, or exactly with another of the series."""
    texts = [cell.text, *(text for text, _ in cell.alternatives)]
    own = fields_of_form(form, series)
    narrowed = replace(series, fields=tuple(field for field in series.fields if field.key in own))
    party = _for_party(cell.text, narrowed, form)
    tried = ((narrowed, EXACT), (series, EXACT)) if party else ((narrowed, least), (series, EXACT))
    for known, enough in tried:
        matches = match_labels(texts, known)
        if matches and matches[0].likeness >= enough:
            return FoundLabel(matches[0].field)
    return party


def _for_party(text: str, series: Series, form: Form | None) -> FoundLabel | None:
    """Read a label that begins with what a party is called."""
    bare = bare_label(text)
    for number, names in enumerate(form.parties if form else ()):
        for name in map(bare_label, names):
            matches = match_labels([bare.removeprefix(name)], series) if bare.startswith(name) else ()
            if matches and matches[0].likeness >= SURE:
                return FoundLabel(matches[0].field, number)
    return None


def _is_answer(cells: Sequence[WrittenCell], place: int, labels: Mapping[int, FoundLabel]) -> bool:
    """Tell a value that reads like a label: 父 after 與當事人關係, with no room for a value of its own."""
    if len(bare_label(cells[place].text)) > 2:
        return False
    before, after = neighbour(cells, place, right=False), neighbour(cells, place, right=True)
    return before in labels and (after is None or after in labels)


def neighbour(cells: Sequence[WrittenCell], place: int, *, right: bool) -> int | None:
    """Find the cell that touches a cell on its right (or left) and is level with it; None at the frame."""
    x0, _, x1, _ = cells[place].cell.box
    level = extent(cells[place], along_x=False)
    beside = [
        (abs(gap), other)
        for other, cell in enumerate(cells)
        if other != place
        and overlap(extent(cell, along_x=False), level) > 0.6
        and -10 <= (gap := cell.cell.box[0] - x1 if right else x0 - cell.cell.box[2]) <= 40
    ]
    return min(beside)[1] if beside else None


def _in_column(cells: Sequence[WrittenCell], place: int, labels: Mapping[int, FoundLabel]) -> bool:
    """Tell whether a cell stands in a column of labels: exactly as wide as two of them and in line."""
    x0, x1 = extent(cells[place], along_x=True)
    alike = (extent(cells[other], along_x=True) for other in labels)
    return sum(abs(start - x0) <= 12 and abs(end - x1) <= 12 for start, end in alike) >= 2
