"""Where the tiles of a pyramid lie: kept beside the image, so that one tile is one range read."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """One level: its size in pixels, its grid of tiles, and each tile's place in the file, row by row."""

    width: int
    height: int
    tiles_x: int
    tiles_y: int
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class PyramidLayout:
    """Square tiles of `tile_size`; level 0 is full size; `rgb` marks tiles coded as RGB, not YCbCr."""

    tile_size: int
    levels: tuple[Level, ...]
    jpeg_tables: bytes
    rgb: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON types that `from_json` takes back without loss."""
        return {
            "tile_size": self.tile_size,
            "levels": [asdict(level) for level in self.levels],
            "jpeg_tables": b64encode(self.jpeg_tables).decode("ascii"),
            "rgb": self.rgb,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "PyramidLayout":
        """Return the layout that `as_json` wrote.

        Raises: KeyError, TypeError or ValueError where the value is not such a layout.
        """
        levels = tuple(
            Level(
                **{
                    **level,
                    "offsets": tuple(level["offsets"]),
                    "lengths": tuple(level["lengths"]),
                }
            )
            for level in value["levels"]
        )
        tables = b64decode(value["jpeg_tables"], validate=True)
        return cls(int(value["tile_size"]), levels, tables, bool(value["rgb"]))
