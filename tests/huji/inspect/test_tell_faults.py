"""A fault is told with its measure and its place, in the summary and under the overlay."""

from typing import Any

import pytest

from domain.series import load_series
from huji.inspect.draw_faults import MARGIN, SIZE, fault_rows
from huji.inspect.find_font import font_of_size
from huji.inspect.summarise import summarise
from huji.inspect.tell_fault import tell_measure
from imaging.quality import Finding

BLUR = Finding(
    "blur", 6.2, "flag", (10, 20, 330, 340), "邊緣寬 6.2 像素;請重掃。", "Edges are 6.2 pixels wide."
)
COARSE = Finding("resolution", 72, "refuse", None, "解析度 72 ppi;應為 300。", "Resolution 72 ppi.")
FINE = Finding("noise", 1.0, "accept", None, "雜訊 1。", "Noise 1.")


def described() -> dict[str, Any]:
    quality = {
        one.check: {
            "value": one.value,
            "verdict": one.verdict,
            "where": one.where,
            "zh": one.zh,
            "en": one.en,
        }
        for one in (COARSE, FINE, BLUR)
    }
    return {
        "file": "page.png",
        "error": None,
        "skew_deg": 0.0,
        "skew_method": "rulings",
        "timings": {"read": 1.0},
        "quality": quality,
        "household": {},
        "entries": [],
        "cells": [],
        "lines": [],
        "orientation_deg": 0,
        "orientation_method": "labels",
        "perspective_deg": 0.0,
        "perspective_method": "none",
        "designation": None,
        "form": None,
        "seals": [],
    }


def test_the_summary_says_what_was_measured_and_where() -> None:
    told = summarise(described(), load_series("colonial_register"))
    assert "邊緣寬 6.2 像素;請重掃。 Edges are 6.2 pixels wide. (位置 at 10,20–330,340)" in told
    assert "解析度 72 ppi;應為 300。 Resolution 72 ppi. (整頁 whole page)" in told
    assert "宜重掃 refuse" in told
    assert "Noise" not in told


def test_the_summary_of_a_bare_page_promises_no_text() -> None:
    told = summarise(described(), load_series("colonial_register"))
    assert "the text alone" not in told
    assert "未見文字。Nothing written was found." in told
    line = {"text": "以下空白"}
    told = summarise({**described(), "lines": [line]}, load_series("colonial_register"))
    assert "the text alone:\n    以下空白" in told


def test_the_summary_gives_no_angle_where_none_is_known() -> None:
    series = load_series("colonial_register")
    assert "歪斜 Skew +0.00°" in summarise(described(), series)
    told = summarise({**described(), "skew_method": "none"}, series)
    assert "歪斜 Skew 不明 not known" in told
    assert "0.00°" not in told


def test_under_the_overlay_each_fault_is_told_those_of_the_whole_page_too() -> None:
    """Those with a place are numbered as their boxes are."""
    first, second = fault_rows((COARSE, FINE, BLUR), 1900)
    assert first.startswith("blur 請核對 flag: 邊緣寬 6.2 像素")
    assert first.endswith("Edges are 6.2 pixels wide. (框 box 1)")
    assert second.startswith("resolution 宜重掃 refuse: 解析度 72 ppi")
    assert second.endswith("(整頁 whole page)")
    assert fault_rows((FINE,), 1900) == []


@pytest.mark.parametrize("width", [200, 500])
def test_long_sentences_are_broken_to_the_picture_s_width(width: int) -> None:
    rows = fault_rows((BLUR, COARSE), width)
    assert all(font_of_size(SIZE).getlength(row) <= width - 2 * MARGIN for row in rows)
    whole = "".join(fault_rows((BLUR, COARSE), 9000))
    assert "".join("".join(rows).split()) == "".join(whole.split())


def test_a_box_is_tagged_with_the_measure() -> None:
    assert tell_measure(BLUR.zh) == "邊緣寬 6.2 像素"
