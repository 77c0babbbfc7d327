"""Every frame of a file is looked at as the first is; what is not looked at is said."""

import functools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.pages import PageSpec, draw_page
from imaging.fingerprint import SIZE
from ingest.station.judging import judge_scan as judging
from ingest.station.judging.find_double import Earlier
from ingest.station.judging.judge_scan import judge_scan
from ingest.station.looks import writing_of
from tests.imaging.drawn_files import multi_tiff

Page = NDArray[np.uint8]


@functools.cache
def _draw(seed: int) -> Page:
    spec = PageSpec(file="p", persons=4, skew_deg=0.4, width=1754, height=1240)
    return np.asarray(draw_page(spec, np.random.default_rng(seed))[0], dtype=np.uint8)


def _judge(folder: Path, *pages: Page, scan: str = "s000001", earlier: tuple[Earlier, ...] = ()) -> Any:
    path = folder / f"{scan}.tif"
    path.write_bytes(multi_tiff(list(pages), dpi=(150, 150)))
    return judge_scan(path, path.name, folder, scan, earlier, limits={"ppi_flag": 100.0})


def _faults(verdict: Any, check: str) -> list[Any]:
    return [fault for lamp in verdict["lamps"] for fault in lamp["faults"] if fault["check"] == check]


def _first_page(folder: Path) -> tuple[Earlier]:
    _judge(folder, _draw(1))
    return (Earlier("s000001", folder / "s000001.writing", "第 1 頁", "page 1"),)


def test_a_frame_that_shows_an_earlier_page_again_is_told(tmp_path: Path) -> None:
    before = _first_page(tmp_path)
    verdict = _judge(tmp_path, _draw(2), _draw(1), scan="s000002", earlier=before)
    (fault,) = _faults(verdict, "duplicate")
    assert (verdict["level"], fault["frame"]) == ("red", 2)
    assert fault["zh"].startswith("第 2 幀:與第 1 頁相同")
    assert fault["en"].startswith("Frame 2: Looks like page 1 again")
    assert verdict["double"] == {"of": "s000001", "zh": "第 1 頁", "en": "page 1"}


def test_a_frame_that_shows_another_of_its_own_file_is_told(tmp_path: Path) -> None:
    verdict = _judge(tmp_path, _draw(2), _draw(3), _draw(2))
    (fault,) = _faults(verdict, "duplicate")
    assert fault["zh"].startswith("第 3 幀:與本檔第 1 幀相同")
    assert verdict["double"] == {"of": None, "zh": "本檔第 1 幀", "en": "frame 1 of this file"}


def test_a_frame_on_its_head_is_told_beside_those_before_it(tmp_path: Path) -> None:
    upended = np.ascontiguousarray(np.rot90(_draw(3), 2))
    for verdict in (
        _judge(tmp_path, _draw(2), upended, scan="s000009"),
        _judge(tmp_path, _draw(2), upended, scan="s000002", earlier=_first_page(tmp_path)),
    ):
        (fault,) = _faults(verdict, "orientation")
        assert fault["frame"] == 2
        assert "上下顛倒" in fault["zh"]
        assert _faults(verdict, "duplicate") == []


def test_each_frame_s_fingerprint_is_kept(tmp_path: Path) -> None:
    _judge(tmp_path, _draw(1), _draw(2))
    paths = [tmp_path / writing_of("s000001", frame) for frame in range(2)]
    assert [path.stat().st_size for path in paths] == [SIZE, SIZE]
    before = tuple(Earlier("s000001", path, path.name, path.name) for path in paths)
    verdict = _judge(tmp_path, _draw(2), scan="s000002", earlier=before)
    assert verdict["double"]["zh"] == "s000001.2.writing"


@pytest.mark.parametrize(("limit", "value"), [("MOST_FRAMES", 2), ("_MOST_SECONDS", 0.0)])
def test_frames_that_nobody_looked_at_are_told(
    limit: str, value: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, limit, value)
    verdict = _judge(tmp_path, _draw(1), _draw(2), _draw(3), _draw(4))
    (fault,) = _faults(verdict, "frames")
    seen = 2 if limit == "MOST_FRAMES" else 1
    assert (verdict["level"], verdict["frames"], fault["value"]) == ("amber", 4, 4 - seen)
    assert f"共 {4 - seen} 幀未檢查" in fault["zh"]


def test_the_same_fault_of_several_frames_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "1.tif"
    path.write_bytes(multi_tiff([_draw(1), _draw(2), _draw(3)], dpi=(72, 72)))
    (fault,) = _faults(judge_scan(path, path.name, None, "s000001"), "resolution")
    assert fault["zh"].startswith("第 1–3 幀:")
    assert fault["en"].startswith("Frames 1–3: ")


def test_a_file_of_one_frame_names_none(tmp_path: Path) -> None:
    verdict = _judge(tmp_path, (_draw(1) * 0.2).astype(np.uint8))
    (fault,) = _faults(verdict, "exposure")
    assert "frame" not in fault
    assert fault["zh"].startswith("紙面亮度")
