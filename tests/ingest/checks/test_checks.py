"""Doubles, shifts and wrong page numbers among a delivery's pages."""

import uuid
from dataclasses import replace

import numpy as np
import pytest

from imaging.fingerprint import SIZE
from imaging.quality import Thresholds
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


def test_of_two_pages_with_the_same_pixels_one_lacks_its_image_unless_both_are_blank() -> None:
    """No two scans are the same in every pixel; clean white sheets may be."""
    pages = [page(n, page=(5, 6, 700, 900)) for n in range(1, 9)]
    pages[5] = replace(pages[5], pixels=pages[2].pixels)
    found = find_duplicates(pages, [])
    assert [one.verdict for one in found] == ["refuse", "refuse"]
    assert {one.other_id for one in found} == {pages[2].image_id, pages[5].image_id}
    assert {one.box for one in found} == {(5, 6, 700, 900)}
    assert {one.verdict for one in find_duplicates(pages, [], Thresholds(same_refuse=2.0))} == {"flag"}
    white = [replace(one, writing=bytes(SIZE), pixels="white") for one in pages[:2]]
    assert {(one.check, one.verdict) for one in find_duplicates(white, [])} == {("duplicate", "flag")}


def test_how_alike_two_pages_must_be_is_the_series_own() -> None:
    pages = [page(n) for n in range(1, 9)]
    pages[6] = page(7, writing=4)
    assert {one.verdict for one in find_duplicates(pages, [])} == {"flag"}
    assert {one.verdict for one in find_duplicates(pages, [], Thresholds(alike_refuse=0.95))} == {"refuse"}
    assert find_duplicates(pages, [], Thresholds(alike_least=1.1, alike_alone=1.1)) == []


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


def told_by(fresh: list[Trace], earlier: list[Trace]) -> list[tuple[int, str, str]]:
    place = {one.image_id: one.sequence for one in fresh}
    found = find_duplicates(fresh, earlier)
    return sorted((place[one.image_id], one.check, one.verdict) for one in found)


def corrected(listed: dict[int, int]) -> tuple[list[Trace], list[Trace]]:
    """Six files under the next page each, and then some again, the very same: file to page."""
    files = {number: page(number) for number in range(1, 7)}
    pages = {number: uuid.uuid4() for number in range(1, 13)}

    def under(file: int, number: int) -> Trace:
        return replace(
            files[file],
            image_id=uuid.uuid4(),
            page_id=pages[number],
            sequence=number,
            declared=str(number),
        )

    return [under(*one) for one in listed.items()], [under(file, file + 1) for file in files]


def test_the_same_files_under_the_right_pages_are_a_shifted_delivery_and_none_is_refused() -> None:
    fresh, earlier = corrected({number: number for number in range(1, 7)})
    assert told_by(fresh, earlier) == [(number, "shifted", "flag") for number in range(1, 7)]


def test_a_corrected_manifest_that_lists_in_no_order_refuses_no_page_whose_double_is_replaced() -> None:
    fresh, earlier = corrected({1: 4, 3: 2})
    assert told_by(fresh, earlier) == [(2, "duplicate", "flag"), (4, "duplicate", "flag")]
    alone, earlier = corrected({1: 9})
    assert told_by(alone, earlier) == [(9, "duplicate", "refuse")]


def test_two_pages_of_a_corrected_delivery_that_are_one_are_still_refused() -> None:
    fresh, earlier = corrected({number: number for number in range(1, 7)})
    fresh[5] = replace(fresh[1], image_id=uuid.uuid4(), page_id=fresh[5].page_id, sequence=6, declared="6")
    verdicts = [(place, verdict) for place, _, verdict in told_by(fresh, earlier)]
    assert verdicts == [(1, "flag"), (2, "refuse"), (3, "flag"), (4, "flag"), (5, "flag"), (6, "refuse")]


def test_one_file_under_two_pages_is_told_though_another_version_hashed_its_pixels() -> None:
    first = page(1)
    one = replace(page(2), master=first.master)
    assert told_by([one], [first]) == [(2, "duplicate", "refuse")]
    for part in ({"frame": 1}, {"side": "left"}):
        assert told_by([replace(one, **part)], [first]) == []


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


@pytest.mark.parametrize(
    ("reads", "checks"),
    [
        # Shifted, and a page missing: no number is the manifest's.
        ([2, 3, 4, 6, 7], {1: "page_number", 4: "page_missing", 5: "page_number"}),
        ([3, 4, 6, 7], {1: "page_number", 3: "page_missing", 4: "page_number"}),
        # Shifted, and two exchanged, one scanned twice, one wrong; one that happens to be the manifest's.
        ([11, 13, 12, 14, 15], {1: "page_number", 2: "page_swapped", 3: "page_swapped"}),
        ([11, 12, 12, 14, 15, 16], {1: "page_number", 3: "page_doubled"}),
        ([6, 7, 80, 9, 10], {1: "page_number", 3: "page_number"}),
        ([2, 3, 4, 4, 6], {1: "page_number", 4: "page_doubled"}),
        (
            [2, 3, 4, 6, 7, 8, 9, 10],
            {1: "page_number", 4: "page_missing"} | dict.fromkeys(range(5, 9), "page_number"),
        ),
        # The wrong one comes first.
        ([9, 4, 5, 6], {1: "page_number", 2: "page_number"}),
        # Book and manifest begin alike, and a page is missing early.
        ([1, 3, 4, 5, 6, 7], {2: "page_missing"} | dict.fromkeys(range(3, 7), "page_number")),
        # No two are off alike.
        ([4, 3, 2, 1], dict.fromkeys(range(1, 5), "page_swapped")),
        ([7, 30, 12], dict.fromkeys(range(1, 4), "page_number")),
        # Not enough was read.
        ([5, 9], {}),
    ],
)
def test_page_numbers_are_held_against_the_books_own_count(reads: list[int], checks: dict[int, str]) -> None:
    pages = numbered([str(read) for read in reads])
    found = check_designations(pages)
    assert {one.sequence: each.check for one in pages for each in found if each.image_id == one.image_id} == (
        checks
    )
    assert len(found) == len(checks)
    assert {one.verdict for one in found} <= {"flag"}


def test_the_books_own_count_is_told_with_what_should_stand_there() -> None:
    shifted, wrong = check_designations(numbered(["6", "7", "80", "9", "10"]))
    assert "自清單第 1 頁起與清單相差 +5(清單第 1 頁讀作 6)" in shifted.zh
    assert "讀作 80,依本冊頁次應為 8(清單第 3 頁)" in wrong.zh


def test_a_series_says_how_sure_a_number_must_be_and_how_many_are_needed() -> None:
    pages = numbered(["9", "8", "7", "6"], confidence=0.6)
    assert check_designations(pages, Thresholds(number_sure=0.5))
    assert not check_designations(pages, Thresholds(number_sure=0.5, numbers_least=5))


def test_doubtful_readings_say_nothing() -> None:
    assert check_designations(numbered(["9", "8", "7", "6"], confidence=0.6)) == []
