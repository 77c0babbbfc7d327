"""The PP-OCRv6 recogniser and detector that RapidOCR carries inside its wheel; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.resize_by import resize_by
from ingest.ocr.decode_ctc import decode_ctc
from ingest.ocr.enlarge_part import enlarge_part
from ingest.ocr.keep_forms import keep_forms
from ingest.ocr.port import EngineMissing, Pixels, Reading, TextLine, Usability
from ingest.ocr.prepare_lines import CLOSER, FULL, HALVED, NARROWED, Look, batch_lines
from ingest.ocr.quantise import RANGES_FILE
from ingest.ocr.split_page import split_page
from ingest.ocr.tell_forms import DATA, FORMS_FILE, FormJudge, open_judge

if TYPE_CHECKING:
    from ingest.ocr.line_networks import LineNetworks

RECOGNISER_FILE = "PP-OCRv6_rec_small.onnx"
DETECTOR_FILE = "PP-OCRv6_det_small.onnx"
SURE, GLYPH_SURE = 0.85, 0.96
"""Lines read with less confidence are looked at more closely, unless each of their glyphs is so sure on the
whole: a long line that is right seems less sure than a short one."""
LONGER = 3.0
"""A column's text with one character more may be so many times less likely: narrowing drops its 、 and 。"""
LONGEST_SIDE = 2000
"""Lines are looked for on a page of at most this longer side, in pixels."""
TALL = 1.5
"""A found line this many times higher than wide is vertical (RapidOCR's own threshold for turning a crop)."""


def models_directory() -> Path | None:
    """Find where the installed RapidOCR keeps its models; None where it is not installed."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "models"


class RapidRecogniser:
    """Reads with PP-OCRv6 on the CPU; models load at first use and stay loaded."""

    name = "rapidocr"

    def __init__(self, *, threads: int = 1, batch: int = 8, narrowest: int = 32) -> None:
        self._threads = threads
        self._batch = batch
        self._narrowest = narrowest
        self._networks: LineNetworks | None = None
        self._judge: FormJudge | None = None
        self._detector: Any = None

    def usable(self) -> Usability:
        """Say whether the wheels, the model files inside, and what was fitted to them are there."""
        advice = "pip install 'rapidocr>=3.10' onnx onnxruntime"
        if find_spec("onnx") is None or find_spec("onnxruntime") is None:
            return Usability(False, advice)
        models = models_directory()
        if models is None or not all((models / name).is_file() for name in (RECOGNISER_FILE, DETECTOR_FILE)):
            return Usability(False, advice + " (the wheel that carries PP-OCRv6 small)")
        missing = next((file for file in (DATA / FORMS_FILE, RANGES_FILE) if not file.is_file()), None)
        if missing is not None:
            return Usability(False, f"huji once more: its {missing} is missing")
        return Usability(True)

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        """Read one line a crop, narrowed first, and wider where that leaves a doubt; see the port."""
        readings = self._look(crops, vertical, NARROWED)
        doubtful = [place for place, reading in enumerate(readings) if _is_doubtful(reading)]
        closer = self._look([crops[place] for place in doubtful], vertical, CLOSER)
        for place, reading in zip(doubtful, closer, strict=True):
            readings[place] = keep_forms(*sorted((readings[place], reading), key=_likelihood))
        return readings

    def _look(self, crops: Sequence[Pixels], vertical: bool, look: Look) -> list[Reading]:
        networks = self._load()
        readings = [Reading("", 0.0)] * len(crops)
        for batch in batch_lines(crops, vertical, self._batch, self._narrowest, look):
            for place, frames in zip(batch.places, networks.hear(batch.tensor, look), strict=True):
                readings[place] = decode_ctc(frames, networks.alphabet, self._judge)
        return readings

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        """Find lines with PP-OCRv6's detector, straighten each and read it; see the port."""
        quads = self._find(rgb)
        cuts = [_straighten(rgb, quad) for quad in quads]
        tall = [cut.shape[0] > TALL * cut.shape[1] for cut in cuts]
        lines: list[TextLine] = []
        for vertical in (True, False):
            chosen = [place for place in range(len(cuts)) if tall[place] == vertical]
            readings = self._read_long([cuts[place] for place in chosen], vertical)
            lines += [
                TextLine(_bounds(quads[place]), reading.text, reading.confidence, vertical)
                for place, reading in zip(chosen, readings, strict=True)
                if reading.text
            ]
        return lines

    def _read_long(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        """Read long lines whole, and narrowed where that leaves a doubt."""
        readings = self._look(crops, vertical, FULL)
        doubtful = [place for place, reading in enumerate(readings) if reading.confidence < SURE]
        again = self._look([crops[place] for place in doubtful], vertical, HALVED)
        for place, reading in zip(doubtful, again, strict=True):
            readings[place] = max(readings[place], reading, key=_worth if vertical else _likelihood)
        return readings

    def _load(self) -> LineNetworks:
        if self._networks is None:
            file = self._model(RECOGNISER_FILE)
            from ingest.ocr.line_networks import LineNetworks

            self._networks = LineNetworks(file, self._threads)
            self._judge = open_judge(file, self._networks.alphabet.characters)
        return self._networks

    def _model(self, name: str) -> Path:
        usability, models = self.usable(), models_directory()
        if not usability.ok or models is None:
            raise EngineMissing(f"缺少辨識引擎 RapidOCR is not usable; install: {usability.what_to_install}")
        return models / name

    def _find(self, rgb: Pixels) -> list[NDArray[np.float32]]:
        if self._detector is None:
            self._detector = self._open_detector()
        small = _reduced(rgb)
        scale = np.array([rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]], dtype=np.float32)
        quads: list[NDArray[np.float32]] = []
        for part, (left, top, right, bottom) in split_page(small):
            shown = enlarge_part(small[top:bottom, left:right, ::-1].copy())
            times = np.array([shown.shape[1] / (right - left), shown.shape[0] / (bottom - top)], np.float32)
            found = self._detector(shown, use_det=True, use_cls=False, use_rec=False)
            for box in [] if found.boxes is None else found.boxes:
                quad = np.round(np.asarray(box, dtype=np.float32) / times) + np.array(
                    [left, top], dtype=np.float32
                )
                if _lies_in(quad, part):
                    quads.append(quad * scale)
        return quads

    def _open_detector(self) -> Any:
        """Open RapidOCR for detection; naming the file keeps it from ever asking the network for one."""
        model = self._model(DETECTOR_FILE)
        from rapidocr import RapidOCR

        settings = {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.use_rec": False,
            # Parts come as large as they are to be searched: RapidOCR enlarges narrow ones without bound.
            "Global.use_preprocess_img": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": np.iinfo(np.int32).max,
            "Det.model_path": str(model),
            "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        return RapidOCR(params=settings)


def _reduced(rgb: Pixels) -> Pixels:
    """Return a page of at most LONGEST_SIDE pixels a side."""
    scale = LONGEST_SIDE / max(rgb.shape[:2])
    return rgb if scale >= 1 else resize_by(rgb, scale, cv2.INTER_AREA)


def _is_doubtful(reading: Reading) -> bool:
    """Tell that a line needs a closer look."""
    return reading.confidence < min(SURE, GLYPH_SURE ** len(reading.text))


def _likelihood(reading: Reading) -> float:
    return reading.confidence


def _worth(reading: Reading) -> float:
    return reading.confidence * LONGER ** len(reading.text)


def _straighten(rgb: Pixels, quad: NDArray[np.float32]) -> Pixels:
    """Cut a quadrilateral (corners clockwise from the top left) out as an upright rectangle."""
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    width, height = max(1, round(float(wide))), max(1, round(float(high)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    cut = cv2.warpPerspective(
        rgb, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, dtype=np.uint8)


def _lies_in(quad: NDArray[np.float32], part: tuple[int, int, int, int]) -> bool:
    x, y = quad.mean(axis=0)
    return bool(part[0] <= x < part[2] and part[1] <= y < part[3])


def _bounds(quad: NDArray[np.float32]) -> tuple[float, float, float, float]:
    low, high = quad.min(axis=0), quad.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
