"""Writes an upright sheet: the printed form, the hand that filled it, the seals."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.random import Generator

from bench.pages.find_faces import Face, choose_face
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.invent_household import Household
from bench.pages.form_parts import Layout, Slot
from bench.pages.mark_page import PageMark, mark_page, print_heading
from bench.pages.place_across import place_across, place_label_across
from bench.pages.place_text import Glyph, place_label, place_value
from bench.pages.read_data import read_toml
from bench.pages.read_severity import Severity
from bench.pages.rule_lines import rule_lines
from bench.pages.spec import PageSpec
from bench.pages.stamp_seals import Seal, stamp_seals
from bench.pages.strike_out import strike_out
from bench.pages.take_picture import Sheet
from bench.pages.vary_softly import soft_field

PATCHES = (24, 32)


@dataclass(frozen=True)
class Line:
    """One line of writing: its characters and whether it is written in black or red."""

    text: str
    ink: str


@dataclass(frozen=True)
class Inked:
    """What was written in a slot, line by line, and the box of its ink."""

    slot: Slot
    text: str
    ink: Box | None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Written:
    """The layers of an upright sheet and what they hold."""

    sheet: Sheet
    inked: tuple[Inked, ...]
    stamped: tuple[Seal, ...]
    page_mark: PageMark | None


@dataclass(frozen=True)
class Desk:
    """What the writer has at hand: layers of black and red, the press, the brush, the page's unit, chance."""

    printed: Layer
    hand: Layer
    red: Layer
    press: Hand
    brush: Hand
    unit: float
    rng: Generator


def write_sheet(
    spec: PageSpec,
    level: Severity,
    layout: Layout,
    form: dict[str, Any],
    household: Household,
    face: Face,
    through: Layer | None,
    rng: Generator,
) -> Written:
    """Return the sheet with the form printed, the household written in the face and the seals stamped."""
    printed, hand, red, seals = (np.zeros((layout.height, layout.width), np.uint8) for _ in range(4))
    printed = rule_lines(printed, layout.rules, level.breaks, level.fade, rng)
    press = Hand(choose_face("print"), 0.15 * level.jitter, (0.92, 1.0))
    kept = soft_field(PATCHES, 5, 1 - level.patchy, 1.0, rng)
    brush = Hand(face, level.jitter, level.ink, level.sway, kept)
    desk = Desk(printed, hand, red, press, brush, spec.unit, rng)
    print_heading(printed, layout, form["heading"], press, spec.unit, rng)
    inked = tuple(_fill(desk, slot, household) for slot in layout.slots)
    stamped = _stamp(seals, level, inked, spec.unit, rng)
    mark = mark_page(printed, hand, layout, spec.page_number, press, brush, spec.unit, rng)
    strike_out(red, layout, household.struck, spec.unit, rng)
    sheet = Sheet(printed, hand, red if red.any() else None, seals if stamped else None, through)
    return Written(sheet, inked, stamped, mark)


def _fill(desk: Desk, slot: Slot, household: Household) -> Inked:
    text = text_of(slot, household)
    if not text:
        return Inked(slot, "", None)
    if slot.kind == "label":
        glyphs = _place_label(slot, text, desk.unit)
        return Inked(slot, text, ink_glyphs(desk.printed, glyphs, desk.press, desk.rng), _lines(glyphs))
    red = household.red.get((slot.entry, slot.field), "")
    glyphs = place_parts(slot, (text.removesuffix(red), red), desk.unit)
    inks = [
        ink_glyphs(layer, [glyph for glyph in glyphs if glyph.part == part], desk.brush, desk.rng)
        for part, layer in enumerate((desk.hand, desk.red))
    ]
    boxes = [box for box in inks if box is not None]
    return Inked(slot, text, boxes[0].union(boxes[-1]) if boxes else None, _lines(glyphs))


def place_parts(slot: Slot, parts: tuple[str, ...], unit: float) -> list[Glyph]:
    """Return the glyphs of a value in its slot, the way the slot is written.

    Raises: TextTooLongError.
    """
    size = read_toml("forms")["sizes"][slot.field] * unit
    return (place_across if slot.across else place_value)(parts, slot.box, size, unit)


def text_of(slot: Slot, household: Household) -> str:
    """Return what stands in a slot: its label, or the household's value for it."""
    if slot.kind == "label":
        return slot.label
    if slot.entry is None:
        return household.fields.get(slot.field, "")
    return household.entries[slot.entry].get(slot.field, "") if slot.entry < len(household.entries) else ""


def _place_label(slot: Slot, text: str, unit: float) -> list[Glyph]:
    size = read_toml("forms")["sizes"]["label"] * unit
    return (place_label_across if slot.across else place_label)(text, slot.box, size, unit)


def _lines(glyphs: list[Glyph]) -> tuple[Line, ...]:
    return tuple(
        Line("".join(glyph.character for glyph in line), ("black", "red")[part])
        for (_, part), line in groupby(glyphs, key=lambda glyph: (glyph.line, glyph.part))
    )


def _stamp(
    layer: Layer, level: Severity, inked: tuple[Inked, ...], unit: float, rng: Generator
) -> tuple[Seal, ...]:
    places = [item.slot for item in inked if item.slot.kind == "value"]
    boxes = [item.ink.inset(-8 * unit) for item in inked if item.ink]
    count = int(rng.integers(level.seals // 2, level.seals + 1))
    clear = 0 if level.seals_over_text else count
    face = choose_face("print", None)
    over = stamp_seals(layer, places, [], count // 2 if not clear else 0, face, unit, rng)
    taken = [*boxes, *(seal.box for seal in over)]
    return (*over, *stamp_seals(layer, places, taken, count - len(over), face, unit, rng))
