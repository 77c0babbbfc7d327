"""The bench of how pages lie: its truths hold, and a run is written in the form that all results have."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from bench.lie import __main__ as lie
from bench.lie import measure
from bench.pages import PageSpec
from ingest.ocr.rapid import RapidRecogniser

SPEC = PageSpec(width=1200, height=850)


def test_a_page_that_is_not_photographed_aslant_has_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for held in ("TILT", "ROLL"):
        monkeypatch.setattr(measure, held, 0.0)
    told = measure.perspective(SPEC, 0, RapidRecogniser(), np.random.default_rng(3))
    assert told["corner_error_px"] < 1.0


def test_a_form_of_few_rulings_is_set_square_by_them_all_the_same() -> None:
    """Its paper tells how it lies well enough to find them: by themselves they are too few to start from."""
    spec = PageSpec(series="registration_application", width=1754, height=1240)
    told = measure.perspective(spec, 0, RapidRecogniser(), np.random.default_rng([11, 5]))
    assert told["corner_error_px"] < 6


def test_a_camera_shows_the_whole_sheet_within_its_picture() -> None:
    corners = np.array([[[0.0, 0.0], [1240.0, 0.0], [1240.0, 1754.0], [0.0, 1754.0]]])
    for seed in range(20):
        matrix = measure._camera(1240, 1754, np.random.default_rng(seed))
        seen = cv2.perspectiveTransform(corners, matrix)[0]
        assert (seen >= -1e-6).all()
        assert (seen <= np.array([1240, 1754]) + 1e-6).all()
        assert np.ptp(seen, axis=0) == pytest.approx([1240, 1754], rel=0.2)


def test_a_page_left_aslant_has_one() -> None:
    assert measure._off_rectangle(np.array([[0.0, 0.0], [9.0, 0.0], [9.0, 5.0], [0.0, 5.0]])) == 0
    assert measure._off_rectangle(np.array([[0.0, 0.0], [9.0, 0.0], [9.0, 5.0], [0.0, 9.0]])) > 1.5


def test_a_spread_parted_as_if_it_stood_upright_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_it_lies(pixels: np.ndarray, side: str, _recogniser: object) -> object:
        return measure.straighten_page(pixels, side=side)

    told = measure.split(SPEC, 2, RapidRecogniser(), np.random.default_rng(3))
    assert told == {"right": 1.0}
    monkeypatch.setattr(measure, "straighten_side", as_it_lies)
    assert measure.split(SPEC, 2, RapidRecogniser(), np.random.default_rng(3)) == {"right": 0.0}


def test_a_run_is_written_in_the_house_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lie, "RESULT", tmp_path / "lie.json")
    monkeypatch.setattr(lie, "MEASURES", {"crop": measure.crop, "orientation": measure.orientation})
    assert lie.main(["--pages", "1", "--seed", "5"]) == 0
    told = json.loads(lie.RESULT.read_text("utf-8"))
    assert set(told) >= {"machine", "versions", "runs", "contenders", "ratios"}
    assert (told["seed"], told["pages_a_kind"]) == (5, 1)
    assert told["contenders"]["orientation"]["right_share"] == 1.0
    assert 0 < told["contenders"]["crop"]["corner_error_px_largest"] < 20
