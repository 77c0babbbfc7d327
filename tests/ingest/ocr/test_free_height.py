"""The recogniser's model takes lines of any height, and says of 48 pixels what its file says."""

from pathlib import Path

import numpy as np
import pytest
from onnxruntime import InferenceSession

from ingest.ocr.free_height import free_height
from ingest.ocr.port import EngineMissing
from ingest.ocr.prepare_lines import CLOSER, FULL, NARROWED, Look, batch_lines
from ingest.ocr.rapid import DETECTOR_FILE, RECOGNISER_FILE, RapidRecogniser, models_directory
from tests.ingest.drawn_form import blank, write

ON = ["CPUExecutionProvider"]


@pytest.fixture(scope="module")
def models() -> Path:
    found = models_directory()
    assert found is not None
    return found


def test_at_its_own_height_it_answers_as_the_file_does(models: Path) -> None:
    crop = write(blank(110, 480), "民國三十五年", 15, 15, vertical=False)
    (batch,) = batch_lines([crop], False, 8, 32, FULL)
    answers = [
        InferenceSession(model, providers=ON).run(None, {"x": batch.tensor})[0]
        for model in (
            str(models / RECOGNISER_FILE),
            free_height(models / RECOGNISER_FILE).SerializeToString(),
        )
    ]
    np.testing.assert_allclose(answers[1], answers[0], atol=1e-5)


@pytest.mark.parametrize("height", [28, 32, 40])
def test_lower_lines_are_read(models: Path, height: int) -> None:
    session = InferenceSession(free_height(models / RECOGNISER_FILE).SerializeToString(), providers=ON)
    crop = write(blank(110, 480), "民國三十五年", 15, 15, vertical=False)
    (batch,) = batch_lines([crop], False, 8, 32, Look(height))
    assert batch.tensor.shape[2] == height
    frames = session.run(None, {"x": batch.tensor})[0][0]
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    best = [int(frame.argmax()) for frame in frames]
    heard = [one for place, one in enumerate(best) if one and (place == 0 or best[place - 1] != one)]
    assert "".join(characters[one - 1] for one in heard) == "民國三十五年"


def test_a_first_look_is_smaller_than_a_closer_one() -> None:
    crop = write(blank(110, 900), "明治三十九年十月二十", 15, 15, vertical=False)
    sizes = [
        next(batch_lines([crop], False, 8, 32, look)).tensor[0, 0].size for look in (NARROWED, CLOSER, FULL)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.6 * sizes[1]


def test_a_model_laid_out_otherwise_is_refused(models: Path) -> None:
    with pytest.raises(EngineMissing, match="辨識模型"):
        free_height(models / DETECTOR_FILE)


def test_the_engine_reads_with_it() -> None:
    crop = write(blank(110, 480), "民國三十五年", 15, 15, vertical=False)
    (reading,) = RapidRecogniser().read_lines([crop], False)
    assert reading.text == "民國三十五年"
