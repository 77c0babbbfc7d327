"""Frames that are surely blank are not asked for; nothing reads otherwise for it."""

from pathlib import Path

import numpy as np
import pytest

from ingest.ocr import line_network
from ingest.ocr.alphabet import BLANK
from ingest.ocr.decode_ctc import decode_ctc
from ingest.ocr.free_height import free_height
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.part_head import part_head
from ingest.ocr.port import EngineMissing
from ingest.ocr.prepare_lines import CLOSER, NARROWED, Look, batch_lines
from ingest.ocr.rapid import DETECTOR_FILE, RECOGNISER_FILE, models_directory
from tests.ingest.drawn_form import blank, write

TEXTS = ("民國三十五年", "王 林 陳", "長男", "明治三十九年十月二十一日", "二", "寄留")


@pytest.fixture(scope="module")
def file() -> Path:
    found = models_directory()
    assert found is not None
    return found / RECOGNISER_FILE


@pytest.mark.parametrize("look", [NARROWED, CLOSER])
def test_lines_read_the_same_with_every_frame_asked(
    file: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = LineNetwork(file, 1)
    crops = [write(blank(110, 1000), text, 15, 15, vertical=False) for text in TEXTS]
    batches = list(batch_lines(crops, False, 8, 32, look))
    some = [frames for batch in batches for frames in network.hear(batch.tensor)]
    monkeypatch.setattr(line_network, "SILENT", np.inf)
    every = [frames for batch in batches for frames in network.hear(batch.tensor)]
    assert sum(len(frames.places) for frames in every) == sum(frames.length for frames in every)
    assert sum(len(frames.places) for frames in some) < sum(frames.length for frames in some)
    for part, whole in zip(some, every, strict=True):
        got, wanted = (decode_ctc(frames, network.alphabet) for frames in (part, whole))
        assert got.text == wanted.text
        assert got.confidence == pytest.approx(wanted.confidence, abs=1e-4)
        assert [text for text, _ in got.alternatives] == [text for text, _ in wanted.alternatives]


def test_lines_without_a_frame_to_ask_are_empty(file: Path) -> None:
    network = LineNetwork(file, 1)
    (frames,) = network.hear(np.ones((1, 3, 32, 64), np.float32))
    assert decode_ctc(frames, network.alphabet).text == ""


def test_a_model_that_ends_otherwise_is_refused(file: Path) -> None:
    import onnx

    with pytest.raises(EngineMissing, match="辨識模型"):
        part_head(onnx.load(file.with_name(DETECTOR_FILE)), BLANK)


def test_the_parts_hold_each_weight_once(file: Path) -> None:
    parted = part_head(free_height(file), BLANK)
    assert len(parted.body) + len(parted.head) < 1.05 * file.stat().st_size
