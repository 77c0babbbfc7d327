"""PP-OCR's recogniser on the CPU: lines in, the chances of every character at their frames out."""

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from ingest.ocr.alphabet import BLANK, Alphabet
from ingest.ocr.decode_ctc import Frames
from ingest.ocr.free_height import free_height
from ingest.ocr.part_head import part_head
from ingest.ocr.quantise import folded, load_ranges, multiplies_bytes, quantise
from ingest.ocr.tell_forms import digest

_log = logging.getLogger(__name__)

SILENT = 24.0
"""A frame whose blank has a greater logit is blank, and its other chances are not asked for: of 30,000 frames
of drawn pages none whose blank was less likely than 0.92 had one over 23.8."""


class LineNetwork:
    """A model of lines, opened; `alphabet` are its classes.

    `quantised` says whether its widest layers multiply bytes; by itself a network does so where that is fast.
    Raises:
        EngineMissing: the model is not laid out as PP-OCR's recognisers are.
    """

    def __init__(self, file: Path, threads: int, *, quantised: bool | None = None) -> None:
        model = free_height(file)
        listed = next(pair.value for pair in model.metadata_props if pair.key == "character")
        parted = part_head(model, BLANK)
        self.quantised = (multiplies_bytes() if quantised is None else quantised) and _has_ranges(file)
        body = _of_bytes(parted.body) if self.quantised else parted.body
        self._body, self._head = _open(body, threads), _open(parted.head, threads)
        self._blank_weights, self._blank_bias = parted.blank_weights, parted.blank_bias
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


def _has_ranges(file: Path) -> bool:
    """Tell whether the ranges were observed in this very model."""
    if load_ranges().model == digest(file):
        return True
    _log.warning("no ranges were observed in %s: it is run in floats, which takes longer", file.name)
    return False


def _of_bytes(body: bytes) -> bytes:
    return bytes(quantise(folded(body), load_ranges().tensors).SerializeToString())


def _open(model: bytes, threads: int) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Lines of many widths would leave the arena as large as the sum of their needs.
    options.enable_cpu_mem_arena = False
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
