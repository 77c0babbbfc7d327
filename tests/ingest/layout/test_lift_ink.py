"""A stroke comes off without what it crosses, also where ink has faded and the picture is soft and noisy."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.layout.lift_ink import lift_ink
from tests.ingest.layout.test_find_seals import paper, written

FADED = (120, 116, 114)
LETS_THROUGH = (0.74, 0.2, 0.2)
"""What red ink lets through of red, green and blue."""


def photographed(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A soft picture with the noise of a sensor."""
    soft = cv2.GaussianBlur(page, (0, 0), 1.6).astype(np.float32)
    noise = np.random.default_rng(4).normal(0, 7, page.shape[:2])[..., None]
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


def struck(page: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The page with a red stroke down over the name, and where the stroke is."""
    stroke = np.zeros(page.shape[:2], np.uint8)
    cv2.line(stroke, (424, 290), (434, 530), 255, 7)
    light = 1 - (1 - np.array(LETS_THROUGH)) * (stroke / 255)[..., None]
    return (page * light).astype(np.uint8), stroke


def planes(page: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The page's red light and its green."""
    return np.ascontiguousarray(page[:, :, 0]), np.ascontiguousarray(page[:, :, 1])


def test_faded_writing_under_a_stroke_stays_as_it_was() -> None:
    """Nothing is left of the stroke, and the writing under and beside it is as dark as without."""
    page = np.ascontiguousarray(written(paper(), "鄭氏錦", 400, 300, FADED))
    red_on_it, stroke = struck(page)
    wide = np.asarray(cv2.dilate(stroke, np.ones((17, 17), np.uint8)), dtype=np.uint8)
    seen, wanted = photographed(red_on_it), photographed(page)[:, :, 0]
    lifted = lift_ink(*planes(seen), stroke, wide)
    place = wide > 0
    off = lifted[place].astype(float) - wanted[place]
    ink = cv2.GaussianBlur(page, (0, 0), 1.6)[:, :, 0][place] < 180
    assert ink.sum() > 200
    assert abs(off[ink].mean()) < 10
    assert abs(off[~ink].mean()) < 10


def test_writing_beside_a_stroke_is_not_touched() -> None:
    """Where the stroke is looked for but no red lies, black stays as it is."""
    page = photographed(written(paper(), "鄭氏錦", 400, 300, FADED))
    wide = np.zeros(page.shape[:2], np.uint8)
    wide[290:530, 400:470] = 255
    red, green = planes(page)
    lifted = lift_ink(red, green, np.zeros_like(wide), wide)
    assert np.abs(lifted.astype(int) - red)[red < 160].max() <= 12


def test_no_stroke_changes_nothing() -> None:
    """A page without strokes comes back as it was."""
    page = paper()
    blank = np.zeros(page.shape[:2], np.uint8)
    red, green = planes(page)
    assert (lift_ink(red, green, blank, blank) == red).all()
