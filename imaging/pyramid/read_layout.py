"""Read where a pyramid's tiles lie."""

import io

import tifffile

from imaging.pyramid.layout import Level, PyramidLayout


def read_layout(data: bytes) -> PyramidLayout:
    """Return the layout of a pyramid that `write_pyramid` made.

    Raises: ValueError where the file is no pyramid of square JPEG tiles with shared tables.
    """
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            pages = [page for page in file.pages if isinstance(page, tifffile.TiffPage)]
            tables = {page.jpegtables for page in pages}
            sizes = {(page.tilewidth, page.tilelength) for page in pages}
            levels = tuple(_level(page) for page in pages)
            rgb = any(page.photometric == tifffile.PHOTOMETRIC.RGB for page in pages)
    except tifffile.TiffFileError as error:
        raise ValueError("This is no TIFF; a tiled pyramid by write_pyramid is needed.") from error
    shared, (across, down) = tables.pop() if len(tables) == 1 else None, sizes.pop()
    if shared is None or sizes or across != down or not across:
        raise ValueError("This is no pyramid of square JPEG tiles with shared tables.")
    return PyramidLayout(across, levels, shared, rgb)


def _level(page: tifffile.TiffPage) -> Level:
    tile = page.tilewidth or page.imagewidth
    tiles_x, tiles_y = -(-page.imagewidth // tile), -(-page.imagelength // tile)
    offsets, lengths = tuple(map(int, page.dataoffsets)), tuple(map(int, page.databytecounts))
    return Level(page.imagewidth, page.imagelength, tiles_x, tiles_y, offsets, lengths)
