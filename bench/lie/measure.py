"""What is measured of one drawn page: its quarter turns, its corners, the two sides of a spread."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages import PageSpec, draw_page, draw_spread
from bench.pages.ink_glyphs import Layer
from bench.pages.read_data import read_toml
from bench.pages.truth import PageTruth
from imaging.arrays import Points
from imaging.half_side import HalfSide
from imaging.orientation import Quarter
from ingest.ocr.port import Recogniser
from ingest.pipeline.straighten_page import straighten_page
from ingest.pipeline.straighten_side import straighten_side
from ingest.pipeline.tell_upright import tell_upright

Measure = Callable[[PageSpec, int, Recogniser, Generator], dict[str, float]]
BORDER = 100
TILT, ROLL = 10.0, 3.0
"""Degrees by which a camera is held aslant at most, about either side of the page, and turned about its
axis."""
NEAREST, FARTHEST = 1.0, 1.8
"""How many of its diagonals a camera is away from a page that fills its picture."""
CENTRE = 0.5
"""Truths are told in pixels whose centres are whole numbers; transforms count from a pixel's outer corner."""


def orientation(spec: PageSpec, at: int, recogniser: Recogniser, rng: Generator) -> dict[str, float]:
    """Return whether a page turned by quarters, each in its turn, is told to be turned so, or left untold."""
    pixels, truth = draw_page(replace(spec, quarters=at % 4), rng)
    told = tell_upright(straighten_page(pixels), recogniser)
    right = told.method != "none" and told.turned_deg == truth.orientation_deg % 360
    return {"right": float(right), "unknown": float(told.method == "none")}


def perspective(spec: PageSpec, _at: int, _recogniser: Recogniser, rng: Generator) -> dict[str, float]:
    """Return how many pixels, at most, a corner of the outer ruling lies off a rectangle once a page
    photographed aslant is set square.
    """
    flat = replace(spec, knobs={"curl": 0}, border=BORDER, ground="dark")
    pixels, truth = draw_page(flat, rng)
    seen, frame = _aslant(pixels, np.array(truth.frame) + CENTRE, rng)
    corners = straighten_page(seen).transform.to_derivative(frame)
    return {"corner_error_px": _off_rectangle(corners)}


def crop(spec: PageSpec, at: int, _recogniser: Recogniser, rng: Generator) -> dict[str, float]:
    """Return how many pixels, at most, a side of the crop lies off the page's, on each ground in turn."""
    grounds = sorted(read_toml("inks")["ground"])
    pixels, truth = draw_page(replace(spec, border=BORDER, ground=grounds[at % len(grounds)]), rng)
    off = np.abs(np.array(straighten_page(pixels).crop.box) - truth.crop.as_list())
    return {"corner_error_px": float(max(np.hypot(*off[:2]), np.hypot(*off[2:])))}


def split(spec: PageSpec, at: int, recogniser: Recogniser, rng: Generator) -> dict[str, float]:
    """Return the share of a spread's two pages that were given whole and in order, the spread turned by
    quarters, each in its turn.
    """
    turned: tuple[Quarter, ...] = (0, 90, 180, 270)
    pixels, (right, left) = draw_spread(spec, rng)
    shown = np.ascontiguousarray(np.rot90(pixels, at % 4))
    pages: tuple[tuple[HalfSide, PageTruth, PageTruth], ...] = (("right", right, left), ("left", left, right))
    given = [
        _gives(shown, side, recogniser, *(_turned(one, pixels.shape, turned[at % 4]) for one in (own, other)))
        for side, own, other in pages
    ]
    return {"right": float(np.mean(given))}


def _gives(shown: Layer, side: HalfSide, recogniser: Recogniser, own: Points, other: Points) -> bool:
    """Tell whether the side shows its own page's outer ruling whole, and not the middle of the other's."""
    page = straighten_side(shown, side, recogniser)
    size = page.transform.derivative_size
    inside = page.transform.to_derivative(own)
    beyond = page.transform.to_derivative([other.mean(axis=0)])
    return bool(((inside >= 0) & (inside <= size)).all() and not ((beyond >= 0) & (beyond <= size)).all())


def _turned(truth: PageTruth, shape: tuple[int, ...], turned: Quarter) -> Points:
    """Return the corners of a page's outer ruling where they lie once the picture is turned."""
    points, (height, width) = np.array(truth.frame) + CENTRE, shape[:2]
    for _ in range(turned // 90):
        points, width, height = np.stack([points[:, 1], width - points[:, 0]], axis=1), height, width
    return points


def _aslant(pixels: Layer, points: Points, rng: Generator) -> tuple[Layer, Points]:
    """Return a picture as a camera held aslant sees it, and points of it where they then lie."""
    height, width = pixels.shape[:2]
    matrix = _camera(width, height, rng)
    ground = tuple(float(level) for level in pixels[0, 0])
    seen = cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=ground)
    return np.asarray(seen, np.uint8), cv2.perspectiveTransform(points[None], matrix)[0].astype(np.float64)


def _camera(width: int, height: int, rng: Generator) -> Points:
    """Return the 3×3 map from a sheet to a picture of the same size, by a pinhole camera that sees it whole.

    Corners moved at will would be more than any camera shows: it shears a page by half of the square of its
    convergence (in radians) at most.
    """
    tilt, pan = rng.uniform(-TILT, TILT, 2)
    away = rng.uniform(NEAREST, FARTHEST) * np.hypot(width, height)
    turned = _turn(0, tilt) @ _turn(1, pan) @ _turn(2, rng.uniform(-ROLL, ROLL))
    onto_picture = np.diag([away, away, 1.0]) @ np.column_stack([turned[:, :2], [0, 0, away]])
    about = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    matrix = onto_picture @ about
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    seen = cv2.perspectiveTransform(corners, matrix)[0]
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = min((width, height) / (high - low))
    x, y = (width, height) - scale * (low + high)
    fitted: Points = np.array([[scale, 0, x / 2], [0, scale, y / 2], [0, 0, 1]]) @ matrix
    return fitted


def _turn(axis: int, degrees: float) -> Points:
    """Return the rotation about one of three axes."""
    around = np.zeros(3)
    around[axis] = np.radians(degrees)
    return np.asarray(cv2.Rodrigues(around)[0], dtype=np.float64)


def _off_rectangle(corners: Points) -> float:
    """Return the farthest that corners, clockwise from the top left, lie off their upright rectangle."""
    x0, x1 = corners[[0, 3], 0].mean(), corners[[1, 2], 0].mean()
    y0, y1 = corners[[0, 1], 1].mean(), corners[[2, 3], 1].mean()
    rectangle = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    return float(np.linalg.norm(corners - rectangle, axis=1).max())
