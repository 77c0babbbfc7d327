"""Stamps red seals: round ones of persons, square ones of offices."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.find_faces import Face
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer, draw_glyph
from bench.pages.form_parts import Slot
from bench.pages.read_data import read_toml
from bench.pages.vary_softly import soft_field

TRIES = 25


@dataclass(frozen=True)
class Seal:
    """A seal on the upright sheet."""

    text: str
    shape: str
    box: Box


def stamp_seals(
    layer: Layer,
    places: Sequence[Slot],
    keep_clear: Sequence[Box],
    count: int,
    face: Face,
    unit: float,
    rng: Generator,
) -> tuple[Seal, ...]:
    """Stamp up to `count` seals into the layer (changed in place),
    inside the cells given and clear of the boxes given.
    """
    stamped: list[Seal] = []
    for _ in range(count):
        seal = _find_place(places, [*keep_clear, *(seal.box for seal in stamped)], unit, rng)
        if seal is not None:
            _stamp(layer, seal, face, rng)
            stamped.append(seal)
    return tuple(stamped)


def _find_place(
    places: Sequence[Slot], keep_clear: Sequence[Box], unit: float, rng: Generator
) -> Seal | None:
    for _ in range(TRIES):
        cell = places[int(rng.integers(len(places)))].box.inset(6 * unit)
        square = cell.height > 420 * unit and rng.random() < 0.4
        side = float(rng.uniform(150, 215) if square else rng.uniform(84, 112)) * unit
        if side >= cell.width or side >= cell.height:
            continue
        x, y = rng.uniform(cell.x0, cell.x1 - side), rng.uniform(cell.y0, cell.y1 - side)
        box = Box(float(x), float(y), float(x) + side, float(y) + side)
        if not any(box.overlaps(other) for other in keep_clear):
            return Seal(_inscription(square, rng), "square" if square else "round", box)
    return None


def _inscription(square: bool, rng: Generator) -> str:
    return str(rng.choice(read_toml("seals")["offices" if square else "persons"]))


def _stamp(layer: Layer, seal: Seal, face: Face, rng: Generator) -> None:
    side = round(seal.box.width)
    patch = _carve(seal, side, face)
    matrix = cv2.getRotationMatrix2D(((side - 1) / 2, (side - 1) / 2), float(rng.normal(0, 6)), 0.94)
    patch = np.asarray(cv2.warpAffine(patch, matrix, (side, side), flags=cv2.INTER_LINEAR), dtype=np.uint8)
    pressure = soft_field(patch.shape, 6, 0.35, 1.0, rng)
    patch = np.asarray(cv2.multiply(patch, pressure, dtype=cv2.CV_8U), dtype=np.uint8)
    left, top = round(seal.box.x0), round(seal.box.y0)
    target = layer[top : top + side, left : left + side]
    np.maximum(target, patch[: target.shape[0], : target.shape[1]], out=target)


def _carve(seal: Seal, side: int, face: Face) -> Layer:
    patch = np.zeros((side, side), np.uint8)
    line = max(1, side // 24)
    if seal.shape == "round":
        cv2.circle(patch, (side // 2, side // 2), side // 2 - line, 255, line, cv2.LINE_AA)
        rows, cols, area = len(seal.text), 1, side * 0.72
    else:
        cv2.rectangle(patch, (line, line), (side - 1 - line, side - 1 - line), 255, line, cv2.LINE_AA)
        rows, cols, area = (len(seal.text) + 1) // 2, 2, side * 0.84
    _carve_text(patch, seal.text, rows, cols, area, face)
    return patch


def _carve_text(patch: Layer, text: str, rows: int, cols: int, area: float, face: Face) -> None:
    side, pitch = patch.shape[0], area / max(rows, cols)
    size = max(6, int(pitch * 0.92))
    for at, character in enumerate(text):
        col, row = divmod(at, rows)
        x = side / 2 + pitch * ((cols - 1) / 2 - col)
        y = side / 2 + pitch * (row - (rows - 1) / 2)
        glyph = draw_glyph(face, character, size)
        left, top = max(0, round(x - glyph.shape[1] / 2)), max(0, round(y - glyph.shape[0] / 2))
        target = patch[top : top + glyph.shape[0], left : left + glyph.shape[1]]
        np.maximum(target, glyph[: target.shape[0], : target.shape[1]], out=target)
