"""A watermark is everywhere, faint, and the same each time."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from imaging.watermark import watermark

WHITE = np.full((600, 800, 3), 255, np.uint8)
LINES = ["Agency 042 / A. Reader", "2026-11-21 10:00"]


def test_every_part_of_the_page_is_marked_but_stays_readable() -> None:
    for page in (WHITE, 255 - WHITE):
        change = np.abs(watermark(page, LINES).astype(int) - page).max(axis=2)
        for strip in np.array_split(change, 3):
            for part in np.array_split(strip, 3, axis=1):
                assert part.max() >= 20
        assert change.max() <= 40
        assert (change == 0).mean() > 0.5


def test_the_same_words_give_the_same_pixels_and_others_do_not() -> None:
    np.testing.assert_array_equal(watermark(WHITE, LINES), watermark(WHITE, LINES))
    assert (watermark(WHITE, LINES) != watermark(WHITE, ["Agency 043"])).any()


def test_chinese_needs_a_font_and_is_drawn_with_one() -> None:
    with pytest.raises(ValueError, match="font"):
        watermark(WHITE, ["內政部"])
    path = subprocess.run(
        ["fc-match", "-f", "%{file}", ":lang=zh-tw"], capture_output=True, text=True, check=True
    ).stdout
    font = Path(path).read_bytes()
    one, other = watermark(WHITE, ["內政部"], font), watermark(WHITE, ["戶政所"], font)
    assert (one != WHITE).any()
    assert (one != other).any()


def test_nothing_to_write_and_odd_sizes() -> None:
    np.testing.assert_array_equal(watermark(WHITE, [" "]), WHITE)
    assert watermark(WHITE[:7, :9], LINES).shape == (7, 9, 3)
    with pytest.raises(ValueError, match="strength"):
        watermark(WHITE, LINES, strength=1.5)
