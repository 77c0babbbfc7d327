"""Names are read in the form they are written in."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from domain.characters import fold
from ingest.ocr import rapid
from ingest.ocr.check_models import check_models
from ingest.ocr.choose import choose_engines
from ingest.ocr.decode_ctc import Heard
from ingest.ocr.port import EngineMissing
from ingest.ocr.prepare_lines import LOOKS, Look
from ingest.ocr.rapid import RECOGNISER_FILE, RapidRecogniser, models_directory
from ingest.ocr.tell_forms import FORMS_FILE, Discriminants, FormJudge, load_discriminants, open_judge
from tests.ingest.drawn_form import blank, write

WRITTEN = (
    "黃阿木",
    "黄阿木",
    "吳氏素貞",
    "呉氏素貞",
    "溫清水",
    "温淸水",
    "陳德旺",
    "陳徳旺",
    "林國真",
    "林国眞",
)


@pytest.fixture(scope="module")
def recogniser() -> RapidRecogniser:
    return RapidRecogniser()


def test_a_name_is_read_in_the_form_it_is_written_in(recogniser: RapidRecogniser) -> None:
    crops = [write(blank(75 * len(name) + 15, 75), name, 8, 5) for name in WRITTEN]
    assert [reading.text for reading in recogniser.read_lines(crops, True)] == list(WRITTEN)


def test_the_recogniser_alone_names_the_usual_form() -> None:
    """Were it not so, the judge would be of no use: this says when a better model makes it so."""
    alone = RapidRecogniser()
    alone._load()
    alone._judge = None
    crops = [write(blank(75 * len(name) + 15, 75), name, 8, 5) for name in WRITTEN]
    assert [reading.text for reading in alone.read_lines(crops, True)] != list(WRITTEN)


def _judge() -> FormJudge:
    weights = np.array([[1, 0], [-1, 0], [0, 1]], np.float32)
    held = Discriminants("", LOOKS, ("黃", "黄", "林"), weights, np.zeros(3, np.float32))
    return FormJudge(held, ["黃", "黄", "林", "水"])


def judged(chances: list[float], features: list[float]) -> list[float]:
    """The chances of the classes (blank, 黃, 黄, 林, 水), judged where one is at least 0.02."""
    row = np.array(chances, np.float32)
    likely = {place: chance for place, chance in enumerate(chances) if chance >= 0.02}
    found = _judge()(likely, Heard(int(row.argmax()), row, np.array(features, np.float32)))
    return [found.get(place, 0.0) for place in range(len(chances))]


def test_the_forms_share_anew_what_they_had_together() -> None:
    found = judged([0.1, 0.6, 0.2, 0.05, 0.05], [-3, 0])
    assert found[1] + found[2] == pytest.approx(0.8)
    assert found[2] / found[1] == pytest.approx(np.exp(6), rel=1e-4)
    assert [found[0], *found[3:]] == [0.1, 0.05, 0.05]


def test_a_glyph_of_another_character_stays_as_heard() -> None:
    assert judged([0.1, 0.01, 0.0, 0.0, 0.89], [5, 5]) == [0.1, 0.0, 0.0, 0.0, 0.89]


@pytest.mark.parametrize(
    "chances",
    [
        [0.0, 0.32, 0.28, 0.0, 0.4],  # 水 before either form, and not before both
        [0.0, 0.38, 0.02, 0.0, 0.6],
        [0.6, 0.38, 0.02, 0.0, 0.0],  # a blank before both
    ],
)
def test_forms_are_told_where_they_are_not_the_likeliest_too(chances: list[float]) -> None:
    found = judged(chances, [-4, 0])
    assert found[2] > 0.999 * (chances[1] + chances[2])
    assert sum(found) == pytest.approx(1)


def test_a_character_with_one_form_alone_is_not_judged() -> None:
    assert judged([0.1, 0.1, 0.0, 0.8, 0.0], [0, 9])[3] == 0.8


def test_no_form_is_judged_by_the_features_of_another_model(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / RECOGNISER_FILE
    other.write_bytes(b"another model")
    assert open_judge(other, ["黃", "黄"]) is None
    assert "not fitted" in caplog.text
    models = models_directory()
    assert models is not None
    assert open_judge(models / RECOGNISER_FILE, ["黃", "黄"]) is not None


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    weights = np.array([[1, 0.5], [-1, 0]], np.float32)
    looks = {"far": Look(24, ((1.5, 0.4), (0.0, 1.0))), "whole": Look()}
    held = Discriminants("a" * 64, looks, ("黃", "黄"), weights, np.array([0.25, -3], np.float32))
    held.save(tmp_path / "forms.npz")
    again = load_discriminants(tmp_path / "forms.npz")
    assert (again.model, again.looks, again.characters) == (held.model, looks, held.characters)
    assert again.weights.tolist() == weights.tolist()
    assert again.biases.tolist() == held.biases.tolist()


def test_the_forms_were_fitted_at_the_looks_that_the_recogniser_takes() -> None:
    """Whoever changes a look fits them anew: python -m bench.forms, then python -m bench.calibration."""
    assert load_discriminants().looks == LOOKS


def test_no_character_is_held_of_which_one_form_alone_is_known() -> None:
    often = Counter(fold(form) for form in load_discriminants().characters)
    assert min(often.values()) > 1


def test_forms_that_are_missing_are_told_before_a_page_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rapid, "DATA", tmp_path)
    engine = RapidRecogniser()
    assert not engine.usable().ok
    assert FORMS_FILE in engine.usable().what_to_install
    with pytest.raises(EngineMissing, match=FORMS_FILE):
        engine.read_lines([blank(75, 75)], True)
    assert [one.name for one in choose_engines()] == ["tesseract"]
    assert FORMS_FILE in caplog.text
    states = {check.model.file: check.state for check in check_models({"rapidocr": (tmp_path,)})}
    assert states[FORMS_FILE] == "absent"
