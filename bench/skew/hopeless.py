"""Draws frames whose skew nobody could tell, so that "don't know" is the one right answer."""

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.age_paper import PaperAge, age_paper
from bench.pages.ink_glyphs import Layer
from bench.skew.grain import grained
from bench.skew.sheets import SIZE, Draw

WIDTH, HEIGHT = SIZE


def blank(rng: Generator) -> Layer:
    """Return old, stained, empty paper."""
    paper = age_paper(HEIGHT, WIDTH, PaperAge(1.3, 4.0, 9, 0.3), rng)
    return grained(np.asarray(cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY), np.uint8), rng, 4)


def noise(rng: Generator) -> Layer:
    """Return noise of some coarseness."""
    grain = rng.normal(0, 1, (HEIGHT // 2, WIDTH // 2)).astype(np.float32)
    soft = cv2.GaussianBlur(grain, (0, 0), float(rng.uniform(0.4, 8)))
    return _levels(cv2.resize(soft, SIZE))


def photograph(rng: Generator) -> Layer:
    """Return a field whose detail falls off with fineness as in photographs of landscapes."""
    rows, columns = np.fft.fftfreq(HEIGHT // 4)[:, None], np.fft.rfftfreq(WIDTH // 4)[None]
    fall = np.hypot(rows, columns) + 1e-3
    waves = rng.normal(size=fall.shape) + 1j * rng.normal(size=fall.shape)
    field = np.fft.irfft2(waves / fall ** rng.uniform(1.0, 1.6), s=(HEIGHT // 4, WIDTH // 4))
    return grained(_levels(cv2.resize(field.astype(np.float32), SIZE)), rng, 3)


def things(rng: Generator) -> Layer:
    """Return overlapping discs and boxes turned each its own way, as on a table."""
    picture = np.full((HEIGHT, WIDTH), 128, np.uint8)
    for _ in range(60):
        middle = rng.uniform((0, 0), SIZE)
        sides = rng.uniform(60, 700, 2)
        shape = (middle.tolist(), sides.tolist(), float(rng.uniform(0, 180)))
        grey = int(rng.integers(0, 256))
        if rng.random() < 0.5:
            cv2.ellipse(picture, shape, (grey,), -1, cv2.LINE_AA)
        else:
            cv2.fillConvexPoly(picture, np.round(cv2.boxPoints(shape)).astype(np.int32), grey, cv2.LINE_AA)
    return grained(np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), np.uint8), rng, 4)


def texture(rng: Generator) -> Layer:
    """Return faint fibres without a common direction."""
    paper = np.full((HEIGHT, WIDTH), 225, np.uint8)
    for _ in range(2500):
        start = rng.uniform((0, 0), SIZE)
        end = start + rng.normal(0, 60, 2)
        ends = (int(start[0]), int(start[1])), (int(end[0]), int(end[1]))
        cv2.line(paper, *ends, int(rng.integers(205, 220)), 2, cv2.LINE_AA)
    return grained(np.asarray(cv2.GaussianBlur(paper, (0, 0), 1.5), np.uint8), rng, 3)


def stain(rng: Generator) -> Layer:
    """Return clean paper with one blot."""
    paper = np.full((HEIGHT, WIDTH), 230, np.uint8)
    middle, sides = rng.uniform((500, 500), (WIDTH - 500, HEIGHT - 500)), rng.uniform(200, 900, 2)
    shape = (middle.tolist(), sides.tolist(), float(rng.uniform(0, 180)))
    cv2.ellipse(paper, shape, (int(rng.integers(60, 200)),), -1, cv2.LINE_AA)
    return grained(np.asarray(cv2.GaussianBlur(paper, (0, 0), float(rng.uniform(1, 30))), np.uint8), rng, 3)


def few_strokes(rng: Generator) -> Layer:
    """Return a few loose strokes."""
    paper = np.full((HEIGHT, WIDTH), 230, np.uint8)
    for _ in range(int(rng.integers(1, 9))):
        start = rng.uniform((200, 200), (WIDTH - 200, HEIGHT - 200))
        end = start + rng.normal(0, 150, 2)
        ends = (int(start[0]), int(start[1])), (int(end[0]), int(end[1]))
        cv2.line(paper, *ends, int(rng.integers(30, 120)), int(rng.integers(3, 9)), cv2.LINE_AA)
    return grained(paper, rng, 3)


def dark(rng: Generator) -> Layer:
    """Return a frame in which the lid stayed shut."""
    return grained(np.full((HEIGHT, WIDTH), int(rng.integers(0, 40)), np.uint8), rng, 5)


HOPELESS: dict[str, Draw] = {
    "blank": blank,
    "noise": noise,
    "photograph": photograph,
    "things": things,
    "texture": texture,
    "stain": stain,
    "few_strokes": few_strokes,
    "dark": dark,
}


def _levels(field: cv2.typing.MatLike) -> Layer:
    spread = (field - np.mean(field)) / (np.std(field) + 1e-9)
    return np.asarray(np.clip(128 + 45 * spread, 0, 255), dtype=np.uint8)
