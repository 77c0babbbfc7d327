"""Ruled forms that curl at their left side and bow aside, as bound books do, with a known turn."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.imaging.drawn_pages import ruled_form

WIDTH, HEIGHT = 1754, 1240
Gray = NDArray[np.uint8]


def curled(degrees: float, rise: float, aside: float) -> Gray:
    """A form that rises by so many pixels at its left side, bows aside by some, and then is turned."""
    form = ruled_form(0.0, size=(WIDTH, HEIGHT), thickness=3)
    v, u = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    lifted = (v - rise * np.exp(-u / (0.4 * WIDTH))).astype(np.float32)
    moved = (u - aside * np.cos(np.pi * (v / HEIGHT - 0.5))).astype(np.float32)
    bent = cv2.remap(form, moved, lifted, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    turn = cv2.getRotationMatrix2D(((WIDTH - 1) / 2, (HEIGHT - 1) / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(bent, turn, (WIDTH, HEIGHT), borderValue=(225,)), np.uint8)


def aslant(page: Gray, right: float, lower: float) -> Gray:
    """The page with its right and its lower edge so much nearer (shares); its middle is not turned."""
    middle = np.array([[1, 0, WIDTH / 2], [0, 1, HEIGHT / 2], [0, 0, 1]])
    nearer = np.array([[1, 0, 0], [0, 1, 0], [right / WIDTH, lower / HEIGHT, 1]])
    matrix = middle @ nearer @ np.linalg.inv(middle)
    return np.asarray(cv2.warpPerspective(page, matrix, (WIDTH, HEIGHT), borderValue=(225,)), np.uint8)
