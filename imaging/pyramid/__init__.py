"""Tiled pyramids: written once, then read tile by tile without decoding."""

from imaging.pyramid.encode_jpeg import encode_jpeg, thumbnail
from imaging.pyramid.halve import halved
from imaging.pyramid.layout import Level, PyramidLayout
from imaging.pyramid.read_layout import read_layout
from imaging.pyramid.read_level import fitting_level, read_level
from imaging.pyramid.tile_bytes import tile_bytes
from imaging.pyramid.write_pyramid import write_levels, write_pyramid

__all__ = [
    "Level",
    "PyramidLayout",
    "encode_jpeg",
    "fitting_level",
    "halved",
    "read_layout",
    "read_level",
    "thumbnail",
    "tile_bytes",
    "write_levels",
    "write_pyramid",
]
