"""Says what is on a page, in pixels of the file."""

from typing import Any

from bench.pages.find_faces import Face
from bench.pages.geometry import Box
from bench.pages.invent_household import Household
from bench.pages.form_parts import Layout
from bench.pages.lay_sheet import Lie
from bench.pages.read_severity import knob_levels
from bench.pages.spec import PageSpec
from bench.pages.truth import CellTruth, LineTruth, MarkTruth, PageTruth, SealTruth
from bench.pages.write_sheet import Inked, Written

HALF_TURN = 180.0


def tell_truth(
    spec: PageSpec,
    form: dict[str, Any],
    face: Face,
    skew_deg: float,
    lie: Lie,
    paper: Box | None,
    layout: Layout,
    household: Household,
    written: Written,
) -> PageTruth:
    """Return the truth of a page drawn from these parts; a field that the form lacks is no key,
    a blank cell is "".
    """
    width, height = lie.file_size
    asked = [slot for slot in layout.slots if slot.kind == "value"]
    own = dict.fromkeys(slot.field for slot in asked if slot.entry is None)
    keys = [
        dict.fromkeys(slot.field for slot in asked if slot.entry == at)
        for at in range(len(household.entries))
    ]
    return PageTruth(
        file=spec.file,
        series=spec.series,
        width=width,
        height=height,
        ppi=spec.ppi,
        form=form["id"],
        face=face.id,
        severity=spec.severity,
        knobs=knob_levels(spec.severity, spec.knobs),
        skew_deg=round(whole_turn(skew_deg, lie.quarters), 4),
        orientation_deg=int(whole_turn(0.0, lie.quarters)),
        crop=_clip(lie.bounds(paper or Box(0, 0, *lie.size)), width, height),
        frame=lie.quad(layout.frame),
        household={key: household.fields.get(key, "") for key in own},
        entries=tuple(
            {key: entry.get(key, "") for key in keys[at]} for at, entry in enumerate(household.entries)
        ),
        struck=household.struck,
        cells=tuple(_tell_cell(item, lie) for item in written.inked),
        seals=tuple(SealTruth(seal.text, seal.shape, lie.bounds(seal.box)) for seal in written.stamped),
        designation=_tell_mark(written, lie),
    )


def whole_turn(skew_deg: float, quarters: int) -> float:
    """Return the turn of the content, quarter turns and skew together, above −180° and up to 180°."""
    return HALF_TURN - (HALF_TURN - skew_deg - 90.0 * quarters) % 360.0


def _tell_cell(item: Inked, lie: Lie) -> CellTruth:
    slot = item.slot
    return CellTruth(
        row=slot.row,
        col=slot.col,
        row_span=slot.row_span,
        col_span=slot.col_span,
        kind=slot.kind,
        part=slot.part,
        field=slot.field,
        entry=slot.entry,
        text=item.text,
        box=lie.bounds(slot.box),
        quad=lie.quad(slot.box),
        ink=lie.bounds(item.ink) if item.ink else None,
        lines=tuple(LineTruth(line.text, line.ink) for line in item.lines),
    )


def _tell_mark(written: Written, lie: Lie) -> MarkTruth | None:
    mark = written.page_mark
    return None if mark is None else MarkTruth(mark.text, mark.number, lie.bounds(mark.box))


def _clip(box: Box, width: int, height: int) -> Box:
    return Box(max(0.0, box.x0), max(0.0, box.y0), min(float(width), box.x1), min(float(height), box.y1))
