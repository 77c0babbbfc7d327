"""What the overlay writes is fitted to its box, in a face that has the characters."""

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
    """Long texts are set smaller and in more columns, and stay inside."""
    image = Image.new("RGB", (200, 300), (255, 255, 255))
    set_text(ImageDraw.Draw(image), (40, 40, 160, 260), "明治四十三年六月十九日前戶主死亡", True, (0, 0, 0))
    dark = image.convert("L").point(lambda level: 255 if level < 128 else 0).getbbox()
    assert dark is not None
    assert dark[0] >= 38
    assert dark[1] >= 38
    assert dark[2] <= 162
    assert dark[3] <= 262


def test_sizes_have_a_floor() -> None:
    """A text too long for its box is written small rather than not at all."""
    assert fitting_size(500, 60, 20) == SMALLEST
    assert fitting_size(2, 300, 60) > fitting_size(40, 300, 60)


def test_doubt_has_three_colours() -> None:
    """Sure, likely, to be looked at."""
    assert [colour_of_doubt(value) for value in (0.99, 0.9, 0.5)] == [SURE, LIKELY, DOUBTFUL]
