"""What the overlay writes is fitted to its box, in a face that has the characters."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from huji.inspect.find_font import find_font, font_of_size
from huji.inspect.palette import DOUBTFUL, LIKELY, SURE, colour_of_doubt
from huji.inspect.set_text import SMALLEST, fitting_size, set_text


def test_a_face_is_found_that_tells_characters_apart() -> None:
    """No two of the register's characters come out as the same empty box."""
    path, _ = find_font()
    assert path.is_file()
    font = font_of_size(24)
    assert bytes(font.getmask("螟")) != bytes(font.getmask("蛉"))


def test_text_fits_its_box() -> None:
    """Long texts are set smaller, and stay inside."""
    image = Image.new("RGB", (200, 300), (255, 255, 255))
    set_text(ImageDraw.Draw(image), (40, 40, 160, 260), "明治四十三年六月十九日前戶主死亡", True, (0, 0, 0))
    dark = image.convert("L").point(lambda level: 255 if level < 128 else 0).getbbox()
    assert dark is not None
    assert dark[0] >= 38
    assert dark[1] >= 38
    assert dark[2] <= 162
    assert dark[3] <= 262


@pytest.mark.parametrize("vertical", [True, False])
def test_each_glyph_lies_where_it_was_read(vertical: bool) -> None:
    """A line of two glyphs fills its box to both ends, and leaves the middle between them."""
    image = Image.new("RGB", (400, 400), (255, 255, 255))
    box = (100, 10, 140, 390) if vertical else (10, 100, 390, 140)
    set_text(ImageDraw.Draw(image), box, "一 三", vertical, (0, 0, 0))
    dark = np.asarray(image.convert("L")) < 128
    marked = np.flatnonzero(dark.any(axis=1 if vertical else 0))
    assert abs((marked[0] + marked[marked < 200].max()) / 2 - 105) < 4
    assert abs((marked[marked >= 200].min() + marked[-1]) / 2 - 295) < 4


def test_narrow_glyphs_take_less_of_a_row() -> None:
    """Digits before a word take half the room of the word's characters."""
    image = Image.new("RGB", (400, 60), (255, 255, 255))
    set_text(ImageDraw.Draw(image), (0, 10, 400, 50), "1111口口", False, (0, 0, 0))
    word = np.flatnonzero((np.asarray(image.convert("L"))[:, 200:] < 128).any(axis=0))
    assert 205 < word[0] + 200 < 250
    assert word[-1] + 200 < 400


def test_sizes_have_a_floor() -> None:
    """A text too long for its box is written small rather than not at all."""
    assert fitting_size(500, 60, 20) == SMALLEST
    assert fitting_size(2, 300, 60) > fitting_size(40, 300, 60)


def test_doubt_has_three_colours() -> None:
    """Sure, likely, to be looked at."""
    assert [colour_of_doubt(value) for value in (0.99, 0.9, 0.5)] == [SURE, LIKELY, DOUBTFUL]
