"""Draws the rulings of a form, with the gaps and the fading that age brings."""

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.ink_glyphs import Layer
from bench.pages.form_parts import Rule
from bench.pages.vary_softly import soft_field

SUBPIXEL_BITS = 4


def rule_lines(layer: Layer, rules: tuple[Rule, ...], breaks: float, fade: float, rng: Generator) -> Layer:
    """Return the layer with the rulings drawn: `breaks` gaps for each 1000 pixels,
    faded by up to `fade` (0–1).
    """
    drawn = layer.copy()
    for rule in rules:
        _draw(drawn, rule)
    for rule in rules:
        _break(drawn, rule, breaks, rng)
    if fade == 0:
        return drawn
    strength = soft_field(drawn.shape, 9, 1 - fade, 1.0, rng)
    return np.asarray(cv2.multiply(drawn, strength, dtype=cv2.CV_8U), dtype=np.uint8)


def _draw(layer: Layer, rule: Rule) -> None:
    """Fill the ruling as a rectangle whose edges need not lie on whole pixels."""
    half = max(rule.width, 1.0) / 2
    corners = np.array(
        [
            [rule.x0 - half, rule.y0 - half],
            [rule.x1 + half, rule.y0 - half],
            [rule.x1 + half, rule.y1 + half],
            [rule.x0 - half, rule.y1 + half],
        ]
    )
    # Pixel centres lie half a pixel inside pixel edges, and the fill takes in its own outline.
    fixed = np.round((corners - 0.5) * (1 << SUBPIXEL_BITS)).astype(np.int32)
    fixed[2:, 1] -= 1 << SUBPIXEL_BITS
    fixed[1:3, 0] -= 1 << SUBPIXEL_BITS
    cv2.fillConvexPoly(layer, fixed, 255, lineType=cv2.LINE_AA, shift=SUBPIXEL_BITS)


def _break(layer: Layer, rule: Rule, breaks: float, rng: Generator) -> None:
    length = max(abs(rule.x1 - rule.x0), abs(rule.y1 - rule.y0))
    half = round(rule.width / 2) + 2
    for _ in range(int(rng.poisson(breaks * length / 1000))):
        at, gap = rng.uniform(0, length), rng.uniform(3, 22)
        x, y = (
            (round(rule.x0 + at), round(rule.y0))
            if rule.x1 > rule.x0
            else (round(rule.x0), round(rule.y0 + at))
        )
        wide, tall = (round(gap), half) if rule.x1 > rule.x0 else (half, round(gap))
        left = layer[max(0, y - tall) : y + tall, max(0, x - wide) : x + wide]
        left[:] = left // 5
