"""Draws the pages of a volume, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.random import Generator

from bench.pages.draw_page import draw_page
from bench.pages.draw_spread import draw_spread
from bench.pages.draw_views import draw_views
from bench.pages.find_faces import Face, NoFacesError, find_faces, install_command
from bench.pages.ink_glyphs import Layer
from bench.pages.lay_out import form_ids
from bench.pages.spec import FULL_HEIGHT, FULL_WIDTH, PageSpec
from bench.pages.truth import PageTruth

FACES_A_VOLUME = 3
SUFFIXES = (".jpg", ".png", ".jpg", ".jpg", ".png", ".tif")


class Kind(Enum):
    """What one picture, or one pair of pictures, of a volume shows."""

    PAGE = "page"
    SPREAD = "spread"
    SLIP = "slip"


@dataclass(frozen=True)
class DrawnPage:
    """One picture of a volume: its pixels (H×W×3 RGB) and its truth, which names its file; `also` is the
    truth of the left page, where the picture is a spread.
    """

    pixels: Layer
    truth: PageTruth
    also: PageTruth | None = None


def draw_volume(
    count: int,
    seed: int,
    severity: int = 1,
    *,
    width: int = FULL_WIDTH,
    height: int = FULL_HEIGHT,
    like: PageSpec | None = None,
    kind: Kind = Kind.PAGE,
) -> Iterator[DrawnPage]:
    """Yield the pages of a volume; forms and type faces take turns,
    so three pages already show three of each. What else they have in common is as `like`.

    Raises: NoFacesError if fewer than three type faces are installed; ValueError for a series there is no
    form of.
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
            page_number=2 * at + 1 if kind is Kind.SPREAD else at + 1,
        )
        yield from _draw(spec, kind, np.random.default_rng([seed, at]))


def _draw(spec: PageSpec, kind: Kind, rng: Generator) -> Iterator[DrawnPage]:
    if kind is Kind.SPREAD:
        pixels, (right, left) = draw_spread(spec, rng)
        yield DrawnPage(pixels, right, left)
    elif kind is Kind.SLIP:
        for view in draw_views(spec, rng):
            yield DrawnPage(*view)
    else:
        yield DrawnPage(*draw_page(spec, rng))


def _faces() -> tuple[Face, ...]:
    faces = find_faces()
    if len(faces) < FACES_A_VOLUME:
        raise NoFacesError(
            f"A volume takes {FACES_A_VOLUME} type faces, {len(faces)} found. "
            f"Install more: {install_command()}"
        )
    return faces
