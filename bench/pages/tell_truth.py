"""Says what is on a page, in pixels of the file."""

from bench.pages.geometry import Box
from bench.pages.lay_sheet import Lie
from bench.pages.prepare_page import Page
from bench.pages.read_severity import knob_levels
from bench.pages.truth import CellTruth, LineTruth, MarkTruth, PageTruth, SealTruth
from bench.pages.write_sheet import Inked, Written

HALF_TURN = 180.0


def tell_truth(page: Page, lie: Lie, skew_deg: float, paper: Box | None = None) -> PageTruth:
    """Return the truth of a page that lies so; a field that the form lacks is no key, a blank cell is "".

    `paper` is the part of the sheet that is this page's, if it is not the whole.
    """
    spec, household, (width, height) = page.spec, page.household, lie.file_size
    own, entries = _asked(page)
    sheet = paper or page.paper or Box(0, 0, *lie.size)
    return PageTruth(
        file=spec.file,
        series=spec.series,
        width=width,
        height=height,
        ppi=spec.ppi,
        form=page.form["id"],
        face=page.face.id,
        severity=spec.severity,
        knobs=knob_levels(spec.severity, spec.knobs),
        skew_deg=round(whole_turn(skew_deg, lie.quarters), 4),
        orientation_deg=int(whole_turn(0.0, lie.quarters)),
        crop=_clip(lie.bounds(sheet), width, height),
        frame=lie.quad(page.layout.frame),
        household={key: household.fields.get(key, "") for key in own},
        entries=tuple(
            {key: entry.get(key, "") for key in keys}
            for keys, entry in zip(entries, household.entries, strict=True)
        ),
        struck=household.struck,
        cells=tuple(_tell_cell(item, lie) for item in page.written.inked),
        seals=tuple(SealTruth(seal.text, seal.shape, lie.bounds(seal.box)) for seal in page.written.stamped),
        designation=_tell_mark(page.written, lie),
    )


def _asked(page: Page) -> tuple[list[str], list[list[str]]]:
    """Return the fields that the form asks of the household, and of each of the people on the page."""
    values = [slot for slot in page.layout.slots if slot.kind == "value"]

    def fields(entry: int | None) -> list[str]:
        return list(dict.fromkeys(slot.field for slot in values if slot.entry == entry))

    return fields(None), [fields(at) for at in range(len(page.household.entries))]


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
