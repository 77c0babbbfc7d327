"""Red ink goes, black ink under it stays."""

import numpy as np
from numpy.typing import NDArray

from ingest.layout.separate_seals import separate_seals

RED, BLACK, PAPER, BROWN = (190, 45, 40), (45, 40, 38), (232, 224, 205), (190, 172, 140)


def page() -> NDArray[np.uint8]:
    rgb = np.empty((800, 1000, 3), np.uint8)
    rgb[:] = PAPER
    rgb[500:750, 100:600] = BROWN
    rgb[100:400, 350:364] = BLACK
    # A seal has a frame; red without one is writing, and stays.
    rgb[184:316, 286:434] = RED
    rgb[192:308, 294:426] = PAPER
    rgb[184:316, 350:364] = BLACK
    rgb[200:300, 300:330] = RED
    rgb[200:300, 380:420] = RED
    # Where red is stamped over black, what is seen is black with a red gleam.
    rgb[200:300, 350:364] = (70, 30, 28)
    return rgb


def test_red_ink_becomes_paper() -> None:
    """The seal's own ink is within a few levels of the paper."""
    found = separate_seals(page())
    assert found.gray[250, 400] > 215
    assert found.red[250, 400] == 255


def test_black_ink_stays_black_beside_and_under_the_seal() -> None:
    """Strokes can be read where the seal crosses them."""
    found = separate_seals(page())
    assert found.gray[150, 357] < 60
    assert found.gray[250, 357] < 150


def test_brown_paper_is_not_red() -> None:
    """A stain leaves no mark in the mask."""
    found = separate_seals(page())
    assert not found.red[560:700, 150:550].any()


def test_a_page_without_red_is_its_red_channel() -> None:
    """Nothing is changed where there is nothing to take out."""
    rgb = np.full((200, 200, 3), 210, np.uint8)
    assert (separate_seals(rgb).gray == 210).all()
