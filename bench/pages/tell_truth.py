"""Says what is on a page, in pixels of the file."""

from typing import Any

from bench.pages.find_faces import Face
from bench.pages.geometry import Box, Matrix, Quad, bounds, turn_box
from bench.pages.invent_household import Household
from bench.pages.lay_out import Layout
from bench.pages.spec import PageSpec
from bench.pages.truth import CellTruth, PageTruth, SealTruth
from bench.pages.write_sheet import Inked, Sheet


def tell_truth(
    spec: PageSpec,
    form: dict[str, Any],
    face: Face,
    skew_deg: float,
    matrix: Matrix,
    paper: Quad,
    layout: Layout,
    household: Household,
    sheet: Sheet,
) -> PageTruth:
    """Return the truth of a page drawn from these parts; a field that the form lacks is no key,
    a blank cell is "".
    """
    keys = [row["field"] for row in form["rows"]]
    return PageTruth(
        file=spec.file,
        width=spec.width,
        height=spec.height,
        ppi=spec.ppi,
        form=form["id"],
        face=face.id,
        severity=spec.severity,
        skew_deg=round(skew_deg, 4),
        crop=_clip(bounds(paper), spec),
        frame=turn_box(layout.frame, matrix),
        household={item["field"]: household.fields[item["field"]] for item in form["household"]},
        entries=tuple({key: entry[key] for key in keys} for entry in household.entries),
        cells=tuple(_tell_cell(item, matrix) for item in sheet.inked),
        seals=tuple(
            SealTruth(seal.text, seal.shape, bounds(turn_box(seal.box, matrix))) for seal in sheet.stamped
        ),
    )


def _tell_cell(item: Inked, matrix: Matrix) -> CellTruth:
    slot, quad = item.slot, turn_box(item.slot.box, matrix)
    ink = bounds(turn_box(item.ink, matrix)) if item.ink else None
    return CellTruth(
        slot.row, slot.col, slot.kind, slot.part, slot.field, slot.entry, item.text, bounds(quad), quad, ink
    )


def _clip(box: Box, spec: PageSpec) -> Box:
    return Box(
        max(0.0, box.x0), max(0.0, box.y0), min(float(spec.width), box.x1), min(float(spec.height), box.y1)
    )
