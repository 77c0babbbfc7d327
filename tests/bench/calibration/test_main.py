"""Which engine is fitted, to which pages, and what is kept of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

import bench.calibration.__main__ as bench
from bench.calibration.observe import Observation
from bench.pages.standard_page import STANDARD_SEEDS, TUNING_SEEDS
from ingest.pipeline.load_curves import parse_curves
from ingest.pipeline.read_form import Readers


def test_the_pages_fitted_and_tried_are_others_and_none_is_the_standard_bench_s() -> None:
    seeds = [{volume.seed for volume in bench.volumes(first, 8)} for first in (bench.FITTED, bench.TRIED)]
    assert all(not one & other for one, other in pairwise(seeds))
    assert set().union(*seeds) <= set(TUNING_SEEDS)
    assert not set().union(*seeds) & set(STANDARD_SEEDS)


def test_rapidocr_is_fitted_with_tesseract_s_word_and_tesseract_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Observations with and without a second engine are kept apart."""
    seen: list[tuple[str, str | None]] = []

    def observed(name: str, seed: int, pages: int, keep: Path, readers: Readers) -> Iterator[Observation]:
        seen.append((readers.first.name, readers.second.name if readers.second else None))
        yield _seen(right=True)

    monkeypatch.setattr(bench, "_observed", observed)
    monkeypatch.setattr(bench, "CURVES", tmp_path / "curves.json")
    monkeypatch.setattr(bench, "RESULT", tmp_path / "result.json")
    for engine in ("rapidocr", "tesseract"):
        assert bench.main(["--engine", engine]) == 0
    assert dict(seen) == {"rapidocr": "tesseract", "tesseract": None}


def test_one_engine_s_run_changes_its_curves_and_its_measures_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From observations that were kept: half of what Tesseract is sure of is wrong, and its curve says so."""
    curves, result = tmp_path / "curves.json", tmp_path / "result.json"
    shipped = bench.CURVES.read_text("utf-8")
    curves.write_text(shipped, "utf-8")
    monkeypatch.setattr(bench, "CURVES", curves)
    monkeypatch.setattr(bench, "RESULT", result)
    kept = tmp_path / "tesseract"
    kept.mkdir()
    lines = [json.dumps(asdict(_seen(right=at % 2 == 0))) + "\n" for at in range(200)]
    for name in ("fitted-1", "tried-1"):
        (kept / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    assert bench.main(["--engine", "tesseract", "--pages", "1", "--keep", str(tmp_path)]) == 0
    before, after = parse_curves(shipped), parse_curves(curves.read_text("utf-8"))
    assert after["rapidocr"] == before["rapidocr"]
    assert after["tesseract"]["name"].ceiling < 0.98
    measured = json.loads(result.read_text("utf-8"))["contenders"]["tesseract"]
    assert (measured["raw"]["sure_right"], measured["calibrated"]["sure_values"]) == (0.5, 0)
    assert json.loads(capsys.readouterr().out)["calibrated"]["right"] == 0.5


def _seen(*, right: bool) -> Observation:
    return Observation(1, "colonial_register", "name", 0.99, ("surname_known",), 0.99, right)
