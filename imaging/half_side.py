"""Which page of a spread."""

from typing import Literal

HalfSide = Literal["right", "left"]
