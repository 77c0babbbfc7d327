"""A volume is written as images of several formats, its truth apart from them."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.pages import DrawnPage
from bench.pages.__main__ import main
from bench.pages.write_volume import write_image, write_volume

SMALL = ["--width", "600", "--height", "425"]


def test_images_and_truth_are_written_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    images, truth = tmp_path / "pages", tmp_path / "kept"
    assert main([str(images), "--count", "6", "--seed", "2", "--truth", str(truth), *SMALL]) == 0
    assert "6 pages" in capsys.readouterr().out
    names = sorted(path.name for path in images.iterdir())
    assert names == ["0001.jpg", "0002.png", "0003.jpg", "0004.jpg", "0005.png", "0006.tif"]
    lines = (truth / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["file"] for line in lines] == names
    assert json.loads((truth / "0006.json").read_text(encoding="utf-8")) == json.loads(lines[5])


def test_the_resolution_is_in_the_file(tmp_path: Path, small_volume: list[DrawnPage]) -> None:
    for page in small_volume:
        path = tmp_path / page.truth.file
        write_image(page, path)
        with Image.open(path) as image:
            assert image.info["dpi"] == pytest.approx((103, 103), abs=0.1)
            assert image.size == (1200, 850)


def test_png_and_tiff_keep_every_pixel(tmp_path: Path, small_volume: list[DrawnPage]) -> None:
    for page in small_volume[4:6]:
        path = tmp_path / page.truth.file
        write_image(page, path)
        with Image.open(path) as image:
            assert np.array_equal(np.asarray(image), page.pixels)


@pytest.mark.parametrize("inside", ["pages", "pages/truth", "."])
def test_truth_beside_the_images_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(ValueError, match="kept apart"):
        write_volume(iter(()), tmp_path / "pages", tmp_path / inside, print)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_why_it_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "a"), "--truth", str(tmp_path / "a" / "b"), *SMALL]) == 1
    assert "kept apart" in capsys.readouterr().err
