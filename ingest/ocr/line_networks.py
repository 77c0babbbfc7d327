"""The recogniser's network twice: in bytes for the look that every line gets, in floats for what that leaves
in doubt."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.decode_ctc import Frames
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.prepare_lines import NARROWED, Look


class LineNetworks:
    """A model of lines, opened as it is needed; `alphabet` are its classes, `quantised` whether the first
    look is taken in bytes.

    Bytes read a line that is surely read as floats do, for less than two thirds of the work; of others they
    may read another text. So what they leave in doubt is looked at closer in floats, and so are the long
    lines of pages without a form.

    Raises:
        EngineMissing: the model is not laid out as PP-OCR's recognisers are.
    """

    def __init__(self, file: Path, threads: int) -> None:
        self._file, self._threads = file, threads
        self._first = LineNetwork(file, threads)
        self._floats = None if self._first.quantised else self._first
        self.alphabet, self.quantised = self._first.alphabet, self._first.quantised

    def hear(self, lines: NDArray[np.float32], look: Look) -> list[Frames]:
        """Return what the network hears in each of some lines (N × 3 × height × W, −1 … 1) at a look."""
        return (self._first if look == NARROWED else self._exact()).hear(lines)

    def _exact(self) -> LineNetwork:
        if self._floats is None:
            self._floats = LineNetwork(self._file, self._threads, quantised=False)
        return self._floats
