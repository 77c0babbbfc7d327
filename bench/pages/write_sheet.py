"""Writes an upright sheet: the printed form, the hand that filled it, the seals."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from bench.pages.find_faces import Face, choose_face
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.invent_household import Household
from bench.pages.lay_out import Layout, Slot
from bench.pages.place_text import place_label, place_value
from bench.pages.read_data import read_toml
from bench.pages.read_severity import Severity
from bench.pages.rule_lines import rule_lines
from bench.pages.spec import PageSpec
from bench.pages.stamp_seals import Seal, stamp_seals

HEADING_SIZE = 46


@dataclass(frozen=True)
class Inked:
    """What was written in a slot, and the box of its ink."""

    slot: Slot
    text: str
    ink: Box | None


@dataclass(frozen=True)
class Sheet:
    """The layers of an upright sheet (coverage, 0–255) and what they hold."""

    printed: Layer
    hand: Layer
    seals: Layer
    inked: tuple[Inked, ...]
    stamped: tuple[Seal, ...]


def write_sheet(
    spec: PageSpec,
    level: Severity,
    layout: Layout,
    heading: str,
    household: Household,
    face: Face,
    rng: Generator,
) -> Sheet:
    """Return the sheet with the form printed, the household written in the face and the seals stamped."""
    printed, hand, seals = (np.zeros((spec.height, spec.width), np.uint8) for _ in range(3))
    printed = rule_lines(printed, layout.rules, level.breaks, level.fade, rng)
    press = Hand(choose_face("print"), 0.15 * level.jitter, (0.92, 1.0))
    brush = Hand(face, level.jitter, level.ink)
    _print_heading(printed, layout, heading, press, spec.unit, rng)
    inked = []
    for slot in layout.slots:
        layer, way = (printed, press) if slot.kind == "label" else (hand, brush)
        inked.append(_fill(layer, slot, household, way, spec.unit, rng))
    stamped = _stamp(seals, level, inked, spec.unit, rng)
    return Sheet(printed, hand, seals, tuple(inked), stamped)


def _fill(layer: Layer, slot: Slot, household: Household, way: Hand, unit: float, rng: Generator) -> Inked:
    text = _text_of(slot, household)
    if not text:
        return Inked(slot, "", None)
    sizes = read_toml("forms")["sizes"]
    if slot.kind == "label":
        glyphs = place_label(text, slot.box, sizes["label"] * unit, unit)
    else:
        glyphs = place_value(text, slot.box, sizes[slot.field] * unit, unit)
    return Inked(slot, text, ink_glyphs(layer, glyphs, way, rng))


def _text_of(slot: Slot, household: Household) -> str:
    if slot.kind == "label":
        return slot.label
    if slot.entry is None:
        return household.fields[slot.field]
    return household.entries[slot.entry][slot.field] if slot.entry < len(household.entries) else ""


def _print_heading(
    layer: Layer, layout: Layout, heading: str, press: Hand, unit: float, rng: Generator
) -> None:
    """Print the form's name outside the frame, at the right edge, as the printed books had it."""
    right = layout.frame.x1 + 62 * unit
    room = Box(layout.frame.x1 + 10 * unit, layout.frame.y0, right, layout.frame.y0 + 620 * unit)
    ink_glyphs(layer, place_label(heading, room, HEADING_SIZE * unit, unit), press, rng)


def _stamp(
    layer: Layer, level: Severity, inked: list[Inked], unit: float, rng: Generator
) -> tuple[Seal, ...]:
    places = [item.slot for item in inked if item.slot.kind == "value"]
    boxes = [item.ink.inset(-8 * unit) for item in inked if item.ink]
    count = int(rng.integers(level.seals // 2, level.seals + 1))
    clear = 0 if level.seals_over_text else count
    face = choose_face("print", None)
    over = stamp_seals(layer, places, [], count // 2 if not clear else 0, face, unit, rng)
    taken = [*boxes, *(seal.box for seal in over)]
    return (*over, *stamp_seals(layer, places, taken, count - len(over), face, unit, rng))
