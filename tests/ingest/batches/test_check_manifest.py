"""Manifests: every defect at once, and nothing wrong with what is right."""

import hashlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.batches.check_manifest import check_manifest
from ingest.batches.page_order import page_order, page_sequence
from ingest.batches.schemas import Manifest


def manifest(*files: dict[str, Any], **more: Any) -> Manifest:
    """A manifest whose files differ unless told otherwise."""
    full = []
    for number, file in enumerate(files, 1):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        full.append({"name": f"{number:04}.jpg", "sha256": digest, "size": 10, **file})
    return Manifest.model_validate({"volume": "甲-1", "files": full, **more})


def codes(declared: Manifest) -> list[tuple[str, str]]:
    """Where and what."""
    return [(defect.where, defect.code) for defect in check_manifest(declared)]


def pages(*designations: str) -> list[dict[str, Any]]:
    """Pages by designation, one frame after the other."""
    return [{"designation": name, "frame": frame} for frame, name in enumerate(designations)]


def test_a_sound_manifest_has_no_defect() -> None:
    sound = manifest(
        {"pages": pages("封面")},
        {"pages": pages("1", "2")},
        {"pages": [{"designation": "3"}, {"designation": "3", "view": 2, "frame": 1}]},
        {"designation": "4"},
        {"pages": pages("12")},
    )
    assert codes(sound) == []


def test_every_defect_is_told_at_once() -> None:
    wrong = manifest(
        {"name": "../x.jpg", "pages": pages("2")},
        {"sha256": "XYZ", "pages": pages("1")},
        {"size": -1, "pages": pages("2")},
        {"name": "0002.JPG", "pages": pages("7")},
    )
    assert codes(wrong) == [
        ("file 1", "file_name"),
        ("file 2", "sha256"),
        ("file 3", "size"),
        ("file 4", "duplicate_name"),
        ("file 3 page 2", "duplicate_page"),
        ("file 2 page 1", "page_order"),
    ]


def test_the_same_bytes_twice_are_a_defect_save_empty_files() -> None:
    same = {"sha256": hashlib.sha256(b"a").hexdigest()}
    assert codes(manifest(same, same)) == [("file 2", "duplicate_file")]
    empty = {"sha256": hashlib.sha256(b"").hexdigest(), "size": 0}
    assert codes(manifest(empty, empty)) == []


def test_frames_are_told_apart() -> None:
    twice = manifest({"pages": [{"designation": "1"}, {"designation": "2"}]})
    assert codes(twice) == [("file 1 frame 1", "frame")]


def test_the_names_kept_for_uncounted_frames_are_not_given_to_others() -> None:
    assert codes(manifest({"designation": "7"}, {"pages": pages("7-2")})) == [
        ("file 2 page 7-2", "duplicate_page")
    ]


def test_a_rescan_names_its_request() -> None:
    assert codes(manifest({}, purpose="rescan")) == [("request_id", "purpose")]


def test_no_files_is_one_defect() -> None:
    assert codes(manifest()) == [("files", "file_count")]


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_numbers_order_as_numbers(first: int, second: int) -> None:
    orders = page_order(str(first)), page_order(f"第{second}頁")
    assert orders[0] is not None
    assert orders[1] is not None
    assert (orders[0][0] < orders[1][0]) == (first < second)
    assert (page_sequence(str(first), 0) < page_sequence(str(second), 0)) == (first < second)


def test_parts_of_a_page_stand_behind_it_and_before_the_next() -> None:
    places = [page_sequence(name, 0) for name in ("12", "12-2", "12-10", "13")]
    assert places == sorted(places)
    assert len(set(places)) == 4
    assert page_sequence("12a", 0) > page_sequence("12", 0)
    assert page_sequence("附頁", 12_000) == 12_001
