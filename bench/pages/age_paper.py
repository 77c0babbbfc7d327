"""Makes the paper: its tone, its grain, its stains."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.pages.fall_of_light import fall_of_light
from bench.pages.ink_glyphs import Layer
from bench.pages.vary_softly import Field, soft_field

TONES = np.array([[247, 241, 226], [243, 233, 208], [238, 228, 205], [244, 238, 230]], dtype=np.float32)
STAIN = np.array([0.55, 0.8, 1.0], dtype=np.float32)
SHRINK = 8
TILE = 768


@dataclass(frozen=True)
class PaperAge:
    """How old the paper looks: tone 0–2, grain in grey levels, so many stains at most, so deep at most;
    and how it is lit: so much darker in the darkest corner, with so many creases at most.
    """

    tone: float
    texture: float
    stains: int
    stain_depth: float
    light: float = 0.0
    folds: int = 0


def age_paper(height: int, width: int, age: PaperAge, rng: Generator, binding: float | None = None) -> Layer:
    """Return a sheet of bare paper, H×W×3 RGB; it is bound at `binding` (0 left, 1 right; None: by chance)."""
    if age.tone == 0 and age.stains == 0 and age.light == 0:
        return np.full((height, width, 3), 255, np.uint8)
    small = (height // SHRINK + 1, width // SHRINK + 1)
    colour = 255 - (255 - TONES[int(rng.integers(len(TONES)))]) * age.tone
    tone = colour * soft_field(small, 7, 0.965, 1.0, rng)[..., None]
    tone *= 1 - _stains(small, age, rng)[..., None] * STAIN
    tone *= _gutter(small, binding, rng)[None, :, None] if age.tone else 1.0
    tone *= fall_of_light(small, age.light, age.folds, rng)[..., None]
    paper = cv2.resize(
        np.clip(tone, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return add_grain(np.asarray(paper, dtype=np.uint8), _grain(age.texture, rng))


def add_grain(pixels: Layer, grain: NDArray[np.int16]) -> Layer:
    """Return the pixels with a tile of grey-level differences laid over them again and again."""
    height, width = pixels.shape[:2]
    flat = pixels.reshape(height, -1)
    tile = np.repeat(grain, 3, axis=1)
    grained = np.empty_like(flat)
    for top in range(0, height, tile.shape[0]):
        for left in range(0, flat.shape[1], tile.shape[1]):
            part = flat[top : top + tile.shape[0], left : left + tile.shape[1]]
            laid = tile[: part.shape[0], : part.shape[1]]
            grained[top : top + part.shape[0], left : left + part.shape[1]] = cv2.add(
                part, laid, dtype=cv2.CV_8U
            )
    return grained.reshape(pixels.shape)


def _grain(texture: float, rng: Generator) -> NDArray[np.int16]:
    fine = cv2.GaussianBlur(rng.normal(0, 1, (TILE, TILE)).astype(np.float32), (0, 0), 1.6)
    fibre = cv2.GaussianBlur(rng.normal(0, 1, (TILE, TILE)).astype(np.float32), (0, 0), sigmaX=9, sigmaY=1.2)
    grain = fine / fine.std() + 0.8 * fibre / fibre.std()
    return np.asarray(np.round(grain * texture / 1.28), dtype=np.int16)


def _stains(shape: tuple[int, int], age: PaperAge, rng: Generator) -> Field:
    """Return how deep each spot is stained, 0–1: blots with a darker rim, as water leaves them."""
    depth = np.zeros(shape, np.float32)
    ys, xs = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    ragged = soft_field(shape, 24, 0.8, 1.2, rng)
    for _ in range(int(rng.integers(age.stains // 2, age.stains + 1))):
        x, y = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
        wide, tall = rng.uniform(0.04, 0.18, 2) * shape[1]
        away = np.sqrt(((xs - x) / wide) ** 2 + ((ys - y) / tall) ** 2) * ragged
        blot = 0.6 / (1 + np.exp((away - 1) * 14)) + 0.4 * np.exp(-(((away - 0.97) / 0.06) ** 2))
        depth += np.float32(rng.uniform(0.25, 1.0) * age.stain_depth) * blot.astype(np.float32)
    return np.clip(depth, 0, 0.75)


def _gutter(shape: tuple[int, int], binding: float | None, rng: Generator) -> NDArray[np.float32]:
    """Return the shadow of the binding, as a factor for each column."""
    across = np.linspace(0, 1, shape[1], dtype=np.float32)
    at = 0.0 if rng.random() < 0.5 else 1.0
    away = np.abs(across - (at if binding is None else binding))
    return np.asarray(1 - 0.22 * np.exp(-away / 0.025), dtype=np.float32)
