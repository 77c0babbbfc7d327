"""Doubles, shifts and wrong page numbers among a delivery's pages."""

import uuid
from dataclasses import replace

import numpy as np
import pytest

from imaging.fingerprint import SIZE
from ingest.checks.check_designations import check_designations
from ingest.checks.find_duplicates import find_duplicates
from ingest.checks.trace import Trace

FORM = np.random.default_rng(1).integers(0, 120, SIZE)


def page(sequence: int, writing: int | None = None, **more: object) -> Trace:
    """A page of one form; `writing` seeds what is written on it."""
    rng = np.random.default_rng(sequence if writing is None else writing)
    drawn = np.clip(FORM + (rng.random(SIZE) < 0.2) * 200, 0, 255).astype(np.uint8).tobytes()
    mark = uuid.uuid4().hex
    made = Trace(uuid.uuid4(), uuid.uuid4(), sequence, str(sequence), mark, mark, drawn)
    return replace(made, **more)  # type: ignore[arg-type] # tests name real fields


def test_pages_of_one_form_are_not_doubles() -> None:
    assert find_duplicates([page(n) for n in range(1, 13)], []) == []


def test_the_same_pixels_are_told_on_both_pages() -> None:
    pages = [page(n) for n in range(1, 9)]
    pages[5] = replace(pages[5], pixels=pages[2].pixels)
    found = find_duplicates(pages, [])
    assert {(one.check, one.image_id) for one in found} == {
        ("duplicate", pages[2].image_id),
        ("duplicate", pages[5].image_id),
    }


def test_the_same_writing_under_another_page_is_told() -> None:
    pages = [page(n) for n in range(1, 9)]
    pages[6] = page(7, writing=4)
    found = find_duplicates(pages, [])
    assert {one.check for one in found} == {"near_duplicate"}
    assert {one.image_id for one in found} == {pages[3].image_id, pages[6].image_id}


def test_a_delivery_one_page_out_of_step_is_told_as_that() -> None:
    earlier = [page(n) for n in range(1, 10)]
    fresh = [page(n, writing=n + 1, page_id=earlier[n - 1].page_id) for n in range(4, 9)]
    found = find_duplicates(fresh, earlier)
    assert [one.check for one in found] == ["shifted"] * 5


def test_a_scan_made_again_is_meant_to_be_like_the_old_one() -> None:
    earlier = [page(n) for n in range(1, 9)]
    again = [page(n, writing=n, page_id=earlier[n - 1].page_id) for n in (3, 4)]
    assert find_duplicates(again, earlier) == []


def numbered(reads: list[str | None], confidence: float = 0.97) -> list[Trace]:
    return [page(n, read=read, confidence=confidence) for n, read in enumerate(reads, 1)]


@pytest.mark.parametrize(
    ("reads", "checks"),
    [
        (["第一頁", "第二頁", "3", "第四頁"], []),
        (["第一頁", None, "第三頁"], []),
        (["第一頁", "第三頁", "第二頁", "第四頁"], ["page_swapped"] * 2),
        (["第一頁", "第二頁", "第四頁", "第五頁"], ["page_missing", "page_number"]),
        (["第一頁", "第二頁", "第二頁", "第四頁"], ["page_doubled"]),
        (["第三頁", "第四頁", "第五頁"], ["page_number"]),
        (["第一頁", "丁", "第三頁", "12甲"], []),
    ],
)
def test_page_numbers_are_held_against_the_manifest(reads: list[str | None], checks: list[str]) -> None:
    assert [one.check for one in check_designations(numbered(reads))] == checks


def test_doubtful_readings_say_nothing() -> None:
    assert check_designations(numbered(["9", "8", "7", "6"], confidence=0.6)) == []
