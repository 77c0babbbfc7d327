"""Find the line of printed labels that names a form's person fields, and the bands of cells it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.series import Field, Series
from ingest.pipeline.match_labels import LabelMatch, match_labels
from ingest.pipeline.read_cells import WrittenCell

Span = tuple[float, float]

SURE = 0.6
"""A label this like its print counts towards finding the line of labels; within it less is enough."""
LEAST_LABELS = 2


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A line of labels: `labels` maps a cell's place in the page's list to its field.

    `upright` says whether the labels stand below one another (each names a row of values) or side by side;
    `across` is the line's own extent: x0, x1 if upright, else y0, y1.
    """

    upright: bool
    across: Span
    labels: dict[int, Field]


def find_label_line(cells: Sequence[WrittenCell], series: Series) -> LabelLine | None:
    """Find the line in which most different person fields are named, a name among them; None if there is
    none."""
    matches = {place: _matches(cell, series) for place, cell in enumerate(cells) if 0 < len(cell.text) <= 16}
    sure = {place: found for place, found in matches.items() if found and found[0].likeness >= SURE}
    lines = [_line(cells, place, upright, matches) for place in sure for upright in (True, False)]
    named = [line for line in lines if len(line.labels) >= LEAST_LABELS and _has_name(line)]
    return max(named, key=lambda line: (len(line.labels), line.upright), default=None)


def extent(cell: WrittenCell, along_x: bool) -> Span:
    """Give a cell's extent along x, or along y."""
    x0, y0, x1, y1 = cell.cell.box
    return (x0, x1) if along_x else (y0, y1)


def overlap(one: Span, other: Span) -> float:
    """Give the overlap of two spans as a share of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, shared / max(1e-6, min(one[1] - one[0], other[1] - other[0])))


def _matches(cell: WrittenCell, series: Series) -> tuple[LabelMatch, ...]:
    texts = [cell.text, *(text for text, _ in cell.alternatives)]
    return tuple(match for match in match_labels(texts, series) if match.field.level == "person")


def _line(
    cells: Sequence[WrittenCell], seed: int, upright: bool, matches: dict[int, tuple[LabelMatch, ...]]
) -> LabelLine:
    """Gather the labels in line with a seed, each field once, the likest claims first."""
    across = extent(cells[seed], upright)
    claims = sorted(
        ((match.likeness, -place, match) for place, found in matches.items() for match in found
         if _in_line(extent(cells[place], upright), across)),
        key=lambda claim: (-claim[0], -claim[1]),
    )  # fmt: skip
    labels: dict[int, Field] = {}
    for _, negative, match in claims:
        if -negative not in labels and match.field not in labels.values():
            labels[-negative] = match.field
    return LabelLine(upright, across, labels)


def _in_line(span: Span, across: Span) -> bool:
    """Labels of one line share its width: a wide cell that merely overlaps is another thing."""
    return overlap(span, across) > 0.8 and (span[1] - span[0]) <= 1.5 * (across[1] - across[0])


def _has_name(line: LabelLine) -> bool:
    return any(field.key == "name" for field in line.labels.values())
