"""PP-OCR's recogniser on the CPU: lines in, the chances of every character at their frames out."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from ingest.ocr.alphabet import BLANK, Alphabet
from ingest.ocr.decode_ctc import Frames
from ingest.ocr.free_height import free_height
from ingest.ocr.part_head import part_head

SILENT = 24.0
"""A frame whose blank has a greater logit is blank, and its other chances are not asked for: of 30,000 frames
of drawn pages none whose blank was less likely than 0.92 had one over 23.8."""


class LineNetwork:
    """A model of lines, opened; `alphabet` are its classes.

    Raises:
        EngineMissing: the model is not laid out as PP-OCR's recognisers are.
    """

    def __init__(self, file: Path, threads: int) -> None:
        parted = part_head(free_height(file), BLANK)
        self._body, self._head = _open(parted.body, threads), _open(parted.head, threads)
        self._blank_weights, self._blank_bias = parted.blank_weights, parted.blank_bias
        listed = self._body.get_modelmeta().custom_metadata_map["character"]
        self.alphabet = Alphabet([*listed.splitlines(), " "])

    def hear(self, lines: NDArray[np.float32]) -> list[Frames]:
        """Return what the network hears in each of some lines (N × 3 × height × W, −1 … 1)."""
        features = self._body.run(None, {self._body.get_inputs()[0].name: lines})[0]
        count, length = features.shape[:2]
        loud = features @ self._blank_weights + self._blank_bias <= SILENT
        heard = features[loud]
        chances = self._head.run(None, {self._head.get_inputs()[0].name: heard})[0]
        ends = np.cumsum(loud.sum(axis=1))[:-1]
        parts = zip(np.split(chances, ends), np.split(heard, ends), strict=True)
        return [
            Frames(length, np.flatnonzero(loud[line]), *part)
            for line, part in zip(range(count), parts, strict=True)
        ]


def _open(model: bytes, threads: int) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Lines of many widths would leave the arena as large as the sum of their needs.
    options.enable_cpu_mem_arena = False
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
