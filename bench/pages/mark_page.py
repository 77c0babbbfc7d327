"""Prints what stands outside the frame: the form's name and the page's number."""

from dataclasses import dataclass

from numpy.random import Generator

from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.form_parts import Layout
from bench.pages.place_across import place_label_across
from bench.pages.place_text import place_label
from bench.pages.write_dates import write_number

HEADING_SIZE, TITLE_SIZE, MARK_SIZE = 46, 84, 46
WAYS = ("第{number}頁", "第{digits}頁", "{number}", "{digits}")


@dataclass(frozen=True)
class PageMark:
    """The page's number as it stands outside the frame, and the box of its ink on the upright sheet."""

    text: str
    number: int
    box: Box


def print_heading(
    layer: Layer, layout: Layout, heading: str, press: Hand, unit: float, rng: Generator
) -> None:
    """Print the form's name outside the frame: at the right edge as the books had it, or above as the sheets had."""
    frame = layout.frame
    if layout.across:
        room = Box(frame.x0, frame.y0 - 150 * unit, frame.x1, frame.y0 - 20 * unit)
        ink_glyphs(layer, place_label_across(heading, room, TITLE_SIZE * unit, unit), press, rng)
        return
    room = Box(frame.x1 + 10 * unit, frame.y0, frame.x1 + 62 * unit, frame.y0 + 620 * unit)
    ink_glyphs(layer, place_label(heading, room, HEADING_SIZE * unit, unit), press, rng)


def mark_page(
    printed: Layer,
    hand: Layer,
    layout: Layout,
    number: int | None,
    press: Hand,
    brush: Hand,
    unit: float,
    rng: Generator,
) -> PageMark | None:
    """Print or write the page's number above or below the frame, in the middle or to one side of it; None: no number."""
    if number is None:
        return None
    text = str(rng.choice(WAYS)).format(number=write_number(number), digits=number)
    below, by_hand = layout.across or rng.random() < 0.5, rng.random() < 0.5
    middle = float(rng.choice([0.3, 0.5, 0.7]))
    frame, half = layout.frame, MARK_SIZE * unit * (len(text) / 2 + 1)
    x = frame.x0 + middle * frame.width
    top = frame.y1 + 22 * unit if below else frame.y0 - 102 * unit
    room = Box(max(frame.x0, x - half), top, min(frame.x1, x + half), top + 80 * unit)
    glyphs = place_label_across(text, room, MARK_SIZE * unit, unit)
    layer, way = (hand, brush) if by_hand else (printed, press)
    box = ink_glyphs(layer, glyphs, way, rng)
    return None if box is None else PageMark(text, number, box)
