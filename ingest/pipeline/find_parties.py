"""Find whose part of a form is whose, where it asks the same of several persons at once (夫, 妻)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.series import Form, bare_label
from ingest.pipeline.form_lines import Span, extent, overlap
from ingest.pipeline.read_cells import WrittenCell


@dataclass(frozen=True, slots=True)
class Parties:
    """How many persons a form asks for, and the spans that their parts fill.

    `beside` says whether the parts stand side by side, each under its heading; else one below another.
    """

    count: int
    beside: bool
    spans: tuple[tuple[int, Span], ...]
    headings: frozenset[int]

    def of(self, label: WrittenCell, value: WrittenCell, turn: int, of: int) -> int:
        """Return the party of a value: by the part it stands in, else by its turn among a label's values."""
        one = value if self.beside else label
        span = extent(one, along_x=self.beside)
        shares = [(overlap(span, part), -number, number) for number, part in self.spans]
        best = max(shares, default=(0.0, 0, 0))
        if best[0] > 0.5:
            return best[2]
        return turn if of == self.count else 0


def find_parties(cells: Sequence[WrittenCell], form: Form | None) -> Parties:
    """Find the headings of the parties; a form that names none is one person's."""
    if form is None or not form.parties:
        return Parties(1, True, (), frozenset())
    headings = [
        (number, place)
        for place, cell in enumerate(cells)
        for number, names in enumerate(form.parties)
        if bare_label(cell.text) in map(bare_label, names)
    ]
    for beside in (True, False):
        line = _aligned(cells, headings, beside)
        if line:
            spans = tuple((number, extent(cells[place], along_x=beside)) for number, place in line)
            return Parties(len(form.parties), beside, spans, frozenset(place for _, place in line))
    return Parties(len(form.parties), True, (), frozenset())


def _aligned(
    cells: Sequence[WrittenCell], headings: Sequence[tuple[int, int]], beside: bool
) -> list[tuple[int, int]]:
    """Collect headings in one line, one for each of at least two parties."""
    for _, seed in headings:
        across = extent(cells[seed], along_x=not beside)
        line = {
            number: place
            for number, place in reversed(headings)
            if overlap(extent(cells[place], along_x=not beside), across) > 0.8
        }
        if len(line) > 1:
            return sorted(line.items())
    return []
