"""Draws the pages of a volume, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from bench.pages.draw_page import draw_page
from bench.pages.find_faces import Face, NoFacesError, find_faces, install_command
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_out import form_ids
from bench.pages.spec import FULL_HEIGHT, FULL_WIDTH, PageSpec
from bench.pages.truth import PageTruth

FACES_A_VOLUME = 3
SUFFIXES = (".jpg", ".png", ".jpg", ".jpg", ".png", ".tif")


@dataclass(frozen=True)
class DrawnPage:
    """One page of a volume: its pixels (H×W×3 RGB) and its truth, which names its file."""

    pixels: Layer
    truth: PageTruth


def draw_volume(
    count: int,
    seed: int,
    severity: int = 1,
    *,
    width: int = FULL_WIDTH,
    height: int = FULL_HEIGHT,
    like: PageSpec | None = None,
) -> Iterator[DrawnPage]:
    """Yield the pages of a volume; forms and type faces take turns,
    so three pages already show three of each. What else they have in common is as `like`.

    Raises: NoFacesError if fewer than three type faces are installed; ValueError for a series there is no form of.
    """
    common = replace(like or PageSpec(), width=width, height=height, severity=severity)
    faces, forms = _faces(), form_ids(common.series)
    offset = int(np.random.default_rng(seed).integers(60))
    for at in range(count):
        spec = replace(
            common,
            file=f"{at + 1:04d}{SUFFIXES[at % len(SUFFIXES)]}",
            # Faces step once more after each round of forms, so that every form meets every face.
            form=forms[(at + offset) % len(forms)],
            face=faces[(at + at // len(forms) + offset) % len(faces)].id,
            page_number=at + 1,
        )
        yield DrawnPage(*draw_page(spec, np.random.default_rng([seed, at])))


def _faces() -> tuple[Face, ...]:
    faces = find_faces()
    if len(faces) < FACES_A_VOLUME:
        raise NoFacesError(
            f"A volume takes {FACES_A_VOLUME} type faces, {len(faces)} found. "
            f"Install more: {install_command()}"
        )
    return faces
