"""Takes the picture of a written sheet: paper, inks, ground, light, optic, sensor."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.age_paper import PaperAge, age_paper
from bench.pages.geometry import Box
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_sheet import Lie
from bench.pages.read_data import read_toml
from bench.pages.read_severity import Severity
from bench.pages.scan_sheet import Ground, Ink, expose, scan_sheet

BED_LEVEL = (18, 52)
THROUGH = (96, 84, 72)


@dataclass(frozen=True)
class Sheet:
    """The layers of an upright sheet (coverage, 0–255): what was printed, written, stamped;
    `through` is the other side's writing as it shows here, smaller than the rest, or None.
    """

    printed: Layer
    hand: Layer
    red: Layer | None
    seals: Layer | None
    through: Layer | None


def take_picture(
    sheet: Sheet,
    lie: Lie,
    level: Severity,
    unit: float,
    paper: Box | None,
    rng: Generator,
    *,
    ground: str | None = None,
    binding: float | None = None,
) -> Layer:
    """Return the pixels (H×W×3 RGB) of a sheet that lies so; outside `paper` the ground is seen, if any is asked for.

    `ground` names a colour of `data/inks.toml`, or the scanner's dark bed is seen; `binding` is where the book is bound
    (0 left, 1 right; None: one of them by chance).
    """
    age = PaperAge(level.paper, level.texture, level.stains, level.stain_depth, level.light, level.folds)
    bare = age_paper(lie.taken[1], lie.taken[0], age, rng, binding)
    inks = _inks(sheet, lie, rng)
    pixels = scan_sheet(bare, inks, None if paper is None else _ground(ground, lie, paper, rng))
    blur, noise = float(rng.uniform(*level.blur)) * unit, float(rng.uniform(*level.noise))
    seen = expose(pixels, blur, noise, level.jpeg, rng)
    return np.ascontiguousarray(np.rot90(seen, lie.quarters))


def _ground(name: str | None, lie: Lie, paper: Box, rng: Generator) -> Ground:
    bed = int(rng.integers(*BED_LEVEL))
    grounds: dict[str, list[int]] = read_toml("inks")["ground"]
    return Ground(lie.unturned().outline(paper), _colour([grounds[name] if name else [bed] * 3], rng))


def _inks(sheet: Sheet, lie: Lie, rng: Generator) -> list[Ink]:
    colours: dict[str, list[Any]] = read_toml("inks")
    named = (("printed", sheet.printed), ("hand", sheet.hand), ("seals", sheet.seals), ("red", sheet.red))
    inks = [Ink(lie.lay(layer), _colour(colours[name], rng)) for name, layer in named if layer is not None]
    if sheet.through is not None:
        seen = cv2.resize(sheet.through, lie.taken, interpolation=cv2.INTER_LINEAR)
        inks.append(Ink(np.asarray(seen, dtype=np.uint8), THROUGH))
    return inks


def _colour(colours: list[Any], rng: Generator) -> tuple[int, int, int]:
    red, green, blue = colours[int(rng.integers(len(colours)))]
    return red, green, blue
