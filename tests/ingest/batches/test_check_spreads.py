"""Spreads: a frame is one page, or a right and a left one in the order in which its books are read."""

from typing import Any

import pytest

from domain.series import load_series
from ingest.batches.check_spreads import check_side_order
from tests.ingest.batches.test_check_manifest import codes, manifest


def spread(right: str, left: str, frame: int = 0, view: int = 1) -> list[dict[str, Any]]:
    """Two pages of one frame, the right one listed first."""
    return [
        {"designation": right, "frame": frame, "side": "right", "view": view},
        {"designation": left, "frame": frame, "side": "left", "view": view},
    ]


def test_spreads_and_single_pages_may_stand_together() -> None:
    slip = {"designation": "2", "frame": 1, "side": "right", "view": 2}
    sound = manifest(
        {"pages": [{"designation": "1"}]},
        {"pages": [*spread("2", "3"), slip]},
        {"pages": spread("4", "5")},
        {"pages": [{"designation": "6"}]},
    )
    assert codes(sound) == []


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([{"designation": "1", "side": "right"}], "side_missing"),
        ([{"designation": "1", "side": "right"}, {"designation": "2"}], "side_mixed"),
        ([*spread("1", "2"), {"designation": "3"}], "side_mixed"),
        ([{"designation": "1", "side": "left"}, {"designation": "2", "side": "left"}], "frame"),
        ([*spread("1", "2"), {"designation": "3", "side": "left"}], "frame"),
        ([{"designation": "1"}, {"designation": "2"}], "frame"),
    ],
)
def test_a_frame_is_a_page_or_both_halves(pages: list[dict[str, Any]], code: str) -> None:
    assert codes(manifest({"pages": pages})) == [("file 1 frame 1", code)]


def test_a_rescan_may_bring_one_half_alone() -> None:
    half = {"pages": [{"designation": "7", "side": "left"}]}
    request = "5b1c1c3e-6a6e-4a53-9f0e-0a3f2f2b8c11"
    assert codes(manifest(half, purpose="rescan", request_id=request)) == []


def test_the_books_of_a_series_say_which_half_comes_first() -> None:
    vertical, horizontal = load_series("colonial_register"), load_series("registration_application")
    ours = manifest({"pages": spread("1", "2")}, {"pages": spread("封底", "附圖")})
    assert list(check_side_order(ours, vertical)) == []
    found = list(check_side_order(ours, horizontal))
    assert [(one.where, one.code) for one in found] == [
        ("file 1 frame 1", "side_order"),
        ("file 2 frame 1", "side_order"),
    ]
    assert "左頁" in found[0].zh
    assert "the left page" in found[0].en
    swapped = manifest({"pages": spread("2", "1")[::-1]})
    assert [one.code for one in check_side_order(swapped, vertical)] == ["side_order"]
    assert list(check_side_order(ours, load_series("plain_pages"))) == []
