"""The whole picture of a page image, for those who maintain or confirm it."""

from collections.abc import Callable

from imaging.pyramid import PyramidLayout, encode_jpeg, fitting_level, read_level

# Wide enough to read brush script on a whole page, small enough for a slow line.
WIDEST = 2200


def page_picture(layout: dict[str, object], read_range: Callable[[int, int], bytes]) -> bytes:
    """Return the JPEG of a derivative, at most WIDEST pixels wide; `read_range(start, length)` reads it."""
    pyramid = PyramidLayout.from_json(layout)
    number = fitting_level(pyramid, WIDEST)
    level = pyramid.levels[number]
    return encode_jpeg(read_level(pyramid, number, read_range, wanted=[(0, 0, level.width, level.height)]))
