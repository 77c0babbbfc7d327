"""Defects planted into sound scans, one function a kind; pixels H×W×3 in and out."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from imaging.arrays import Pixels


@dataclass(frozen=True)
class Planted:
    """A page with a defect, and the ppi that it states."""

    pixels: Pixels
    ppi: float | None = 300.0


Plant = Callable[[Pixels, Pixels, Generator], Planted]
"""Takes the page, another page (the leaf's other side, or the page beside it) and chance."""


def lose_focus(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Blur the whole page, sigma 2.6 to 4 pixels."""
    return Planted(np.asarray(cv2.GaussianBlur(page, (0, 0), rng.uniform(2.6, 4.0)), np.uint8))


def shake(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Smear the page by 11 to 19 pixels in one direction."""
    size = int(rng.integers(11, 20)) | 1
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2] = 1 / size
    turn = cv2.getRotationMatrix2D((size // 2, size // 2), float(rng.uniform(0, 180)), 1.0)
    smear = cv2.warpAffine(kernel, turn, (size, size))
    return Planted(np.asarray(cv2.filter2D(page, -1, smear / smear.sum()), np.uint8))


def lose_focus_in_part(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Blur one third of the page, as where a leaf rises to the gutter."""
    out, width = page.copy(), page.shape[1]
    start = int(rng.choice([0, width // 3, 2 * width // 3]))
    part = out[:, start : start + width // 3]
    out[:, start : start + width // 3] = cv2.GaussianBlur(part, (0, 0), rng.uniform(3.2, 4.5))
    return Planted(out)


def darken(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Expose the page to a quarter to two fifths of the light."""
    return Planted(_levels(page, float(rng.uniform(0.25, 0.42)), 0))


def lighten(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Expose the page to 10 to 16 times the light that it needs."""
    light = (page.astype(np.float32) / 255) ** 2.2 * float(rng.uniform(10, 16))
    return Planted(np.asarray(255 * np.clip(light, 0, 1) ** (1 / 2.2), dtype=np.uint8))


def overexpose(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Drive the lighter half of the paper's grain into pure white."""
    tone = np.percentile(page[::8, ::8].reshape(-1, 3), 75, axis=0).astype(np.float32)
    grain = rng.normal(0, 3, page.shape[:2]).astype(np.float32)[..., None]
    return Planted(np.clip(page + grain + (257 - tone), 0, 255).astype(np.uint8))


def fade(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Leave a tenth to a fifth of the contrast."""
    return Planted(_levels(page, float(rng.uniform(0.1, 0.2)), 165))


def add_noise(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Add grain of 18 to 30 levels."""
    grain = rng.normal(0, rng.uniform(18, 30), (512, 512, 3)).astype(np.float32)
    high, wide = page.shape[:2]
    tiled = np.tile(grain, (high // 512 + 1, wide // 512 + 1, 1))[:high, :wide]
    return Planted(np.clip(page * 0.8 + tiled, 0, 255).astype(np.uint8))


def erase(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Leave the paper alone: its tone and its grain."""
    tone = np.median(page[::8, ::8].reshape(-1, 3), axis=0)
    grain = rng.normal(0, 2.5, page.shape[:2]).astype(np.float32)[..., None]
    return Planted(np.clip(tone + grain, 0, 255).astype(np.uint8))


def cut_off(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Leave out a side with part of the form."""
    high, wide = page.shape[:2]
    depth = rng.uniform(0.16, 0.3)
    top, left = int(depth * high), int(depth * wide)
    sides = (np.s_[top:], np.s_[: high - top], np.s_[:, left:], np.s_[:, : wide - left])
    return Planted(np.ascontiguousarray(page[sides[int(rng.integers(4))]]))


def state_wrongly(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """State the 72 ppi that programs write by default."""
    return Planted(page, ppi=float(rng.choice([72.0, 96.0, 25.4])))


def scan_coarsely(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Scan at 100 to 200 ppi."""
    ppi = float(rng.uniform(100, 200))
    small = cv2.resize(page, None, fx=ppi / 300, fy=ppi / 300, interpolation=cv2.INTER_AREA)
    return Planted(np.asarray(small, np.uint8), ppi=ppi)


def lay_aslant(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Turn the page by 9.5 to 11 degrees."""
    high, wide = page.shape[:2]
    angle = float(rng.choice([-1, 1]) * rng.uniform(9.5, 11))
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return Planted(np.asarray(cv2.warpAffine(page, turn, (wide, high), borderValue=(30, 30, 30)), np.uint8))


def fold(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Crease the page across, 12 to 36 pixels broad, 30 to 70 levels deep."""
    high, wide = page.shape[:2]
    angle = rng.uniform(0, np.pi)
    offset = rng.uniform(-0.3, 0.3) * high
    rows, columns = np.mgrid[0:high:1, 0:wide:1].astype(np.float32)
    away = (columns - wide / 2) * np.sin(angle) - (rows - high / 2) * np.cos(angle) - offset
    shade = rng.uniform(30, 70) * np.exp(-((away / rng.uniform(6, 18)) ** 2))
    return Planted(np.clip(page - shade[..., None], 0, 255).astype(np.uint8))


def lay_finger(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Hold the page down with a finger at one of its sides."""
    out, (high, wide) = page.copy(), page.shape[:2]
    length, breadth = int(rng.uniform(220, 420)), int(rng.uniform(90, 150))
    along = rng.uniform(0.2, 0.8)
    centre, axes = [
        ((int(along * wide), high), (breadth, length)),
        ((int(along * wide), 0), (breadth, length)),
        ((0, int(along * high)), (length, breadth)),
        ((wide, int(along * high)), (length, breadth)),
    ][int(rng.integers(4))]
    mask = np.zeros((high, wide), np.uint8)
    cv2.ellipse(mask, centre, axes, float(rng.uniform(-12, 12)), 0, 360, 255, -1)
    share = cv2.GaussianBlur(mask, (0, 0), 4).astype(np.float32)[..., None] / 255
    skin = np.array([168, 118, 96], np.float32) * rng.uniform(0.55, 0.95)
    return Planted((out * (1 - share) + skin * share).astype(np.uint8))


def fold_corner(page: Pixels, _other: Pixels, rng: Generator) -> Planted:
    """Fold a corner under, so that the dark ground shows."""
    out, (high, wide) = page.copy(), page.shape[:2]
    size = int(rng.uniform(220, 450))
    x, y = int(rng.integers(2)) * (wide - 1), int(rng.integers(2)) * (high - 1)
    inward_x, inward_y = (size if x == 0 else -size), (size if y == 0 else -size)
    corner = np.array([[x, y], [x + inward_x, y], [x, y + inward_y]], np.int32)
    cv2.fillConvexPoly(out, corner, (35, 34, 33), cv2.LINE_AA)
    return Planted(out)


def show_through(page: Pixels, other: Pixels, rng: Generator) -> Planted:
    """Let the other side's writing through, mirrored and soft, at 25 to 45 % of its depth."""
    high, wide = page.shape[:2]
    behind = cv2.resize(other[:, ::-1], (wide, high)).astype(np.float32)
    dark = 1 - behind.min(axis=2) / max(1.0, float(np.percentile(behind, 70)))
    soft = cv2.GaussianBlur(np.clip(dark, 0, 1), (0, 0), rng.uniform(2.5, 5))
    inner = np.zeros((high, wide, 1), np.float32)
    inner[high // 12 : -high // 12, wide // 12 : -wide // 12] = rng.uniform(0.25, 0.45)
    shifted = np.roll(soft, (int(rng.integers(20, 60)), int(rng.integers(20, 60))), (0, 1))
    return Planted(np.clip(page * (1 - shifted[..., None] * inner), 0, 255).astype(np.uint8))


def lose_colour(page: Pixels, _other: Pixels, _rng: Generator) -> Planted:
    """Scan in grey what is to be scanned in colour."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return Planted(np.repeat(grey[..., None], 3, axis=2))


PLANTED: dict[str, tuple[Plant, ...]] = {
    "blur": (lose_focus, shake, lose_focus_in_part),
    "exposure": (darken, lighten),
    "clipping": (overexpose,),
    "contrast": (fade,),
    "noise": (add_noise,),
    "blank": (erase,),
    "cut_off": (cut_off,),
    "resolution": (state_wrongly, scan_coarsely),
    "skew": (lay_aslant,),
    "fold": (fold,),
    "shadow": (lay_finger, fold_corner),
    "show_through": (show_through,),
    "colour": (lose_colour,),
}


def _levels(page: Pixels, gain: float, lift: float) -> Pixels:
    return np.asarray(np.clip(page.astype(np.float32) * gain + lift, 0, 255), dtype=np.uint8)
