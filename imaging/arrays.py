"""Names for what passes between imaging steps: row 0 is on top, colours are in RGB order."""

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # H×W
Pixels = NDArray[np.uint8]  # H×W×3
Points = NDArray[np.float64]  # N×2, x then y, in pixels
Box = tuple[int, int, int, int]  # x0, y0, x1, y1; the last two are exclusive
