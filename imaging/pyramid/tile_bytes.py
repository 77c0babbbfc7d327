"""A tile as a complete JPEG, spliced and not decoded."""

from collections.abc import Callable

from imaging.pyramid.layout import PyramidLayout

_SOI = b"\xff\xd8"
# TIFF says that tiles are RGB outside of the JPEG; alone, a JPEG says so by Adobe's marker with transform 0.
_ADOBE_RGB = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"


def tile_bytes(
    layout: PyramidLayout, level: int, x: int, y: int, read_range: Callable[[int, int], bytes]
) -> bytes:
    """Return tile (x, y) of a level as a complete JPEG of the full tile size.

    Tiles at the right and lower edge are padded: whoever shows them crops them to the level's size.
    `read_range(offset, length)` reads the pyramid's bytes.
    Raises: IndexError (no such level or tile), ValueError (what was read is no tile).
    """
    if not 0 <= level < len(layout.levels):
        raise IndexError(f"There are levels 0 to {len(layout.levels) - 1}, not {level}.")
    grid = layout.levels[level]
    if not (0 <= x < grid.tiles_x and 0 <= y < grid.tiles_y):
        raise IndexError(f"Level {level} has {grid.tiles_x}×{grid.tiles_y} tiles; ({x}, {y}) is none.")
    place = y * grid.tiles_x + x
    tile = read_range(grid.offsets[place], grid.lengths[place])
    if len(tile) != grid.lengths[place] or not tile.startswith(_SOI):
        raise ValueError("The bytes read are no tile; the layout belongs to another file.")
    marker = _ADOBE_RGB if layout.rgb else b""
    return _SOI + marker + layout.jpeg_tables[2:-2] + tile[2:]
