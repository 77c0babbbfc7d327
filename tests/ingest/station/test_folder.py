"""What a station finds in a folder, and how it declares it."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.station.count_frames import count_frames
from ingest.station.errors import StationError
from ingest.station.journal import NAME, Journal
from ingest.station.make_manifest import hash_file, idempotency_key, make_manifest
from ingest.station.scan_directory import natural_key, scan_directory
from tests.imaging.drawn_files import multi_tiff, picture, saved, scans_pdf


def test_scans_stand_in_natural_order_and_the_rest_is_listed(tmp_path: Path) -> None:
    for name in ("10.jpg", "2.JPG", "1.tif", "b.txt", "Thumbs.db", ".hidden.jpg"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.jpg").mkdir()
    found = scan_directory(tmp_path)
    assert [path.name for path in found.files] == ["1.tif", "2.JPG", "10.jpg"]
    assert found.skipped == ("b.txt", "Thumbs.db")


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=6, unique=True))
def test_numbers_sort_as_numbers(numbers: list[int]) -> None:
    names = [f"頁{number}.jpg" for number in numbers]
    assert sorted(names, key=natural_key) == [f"頁{number}.jpg" for number in sorted(numbers)]


def test_frames_of_a_tiff_are_counted_without_decoding(tmp_path: Path) -> None:
    pages = [picture(30, 20, seed=n) for n in range(4)]
    for name, data, frames in (
        ("a.tif", multi_tiff(pages), 4),
        ("b.tif", multi_tiff(pages[:2], big_tiff=True), 2),
        ("c.png", saved(pages[0], "PNG"), 1),
        ("d.pdf", scans_pdf(pages), None),
        ("torn.tif", multi_tiff(pages)[:300], None),
        ("loop.tif", b"II*\0\x08\0\0\0\0\0\x08\0\0\0", None),
    ):
        (tmp_path / name).write_bytes(data)
        assert count_frames(tmp_path / name) == frames, name


def test_every_frame_is_a_page_and_a_pdf_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "1.tif").write_bytes(multi_tiff([picture(30, 20), picture(30, 20, seed=2)]))
    (tmp_path / "2.pdf").write_bytes(scans_pdf([picture(30, 20)]))
    (tmp_path / "3.png").write_bytes(b"")
    read: list[int] = []
    journal = Journal.open(tmp_path / NAME)
    files = scan_directory(tmp_path).files
    manifest = make_manifest(files, volume="甲", first_page=5, journal=journal, hashed=read.append)
    assert [file.get("designation") for file in manifest["files"]] == [None, "7", None]
    listed = [[page["designation"] for page in file.get("pages", [])] for file in manifest["files"]]
    assert listed == [["5", "6"], [], ["8"]]
    assert manifest["files"][2]["size"] == 0
    assert sum(read) == sum(path.stat().st_size for path in files)
    again = make_manifest(
        files, volume="甲", first_page=5, journal=Journal(tmp_path / "none"), hashed=read.append
    )
    assert idempotency_key(again) == idempotency_key(manifest)
    assert idempotency_key({**manifest, "volume": "乙"}) != idempotency_key(manifest)


def test_a_spread_is_two_pages_in_the_order_of_reading(tmp_path: Path) -> None:
    (tmp_path / "1.tif").write_bytes(multi_tiff([picture(30, 20), picture(30, 20, seed=2)]))
    (tmp_path / "2.png").write_bytes(b"x")
    journal, files = Journal.open(tmp_path / NAME), scan_directory(tmp_path).files

    def sides(spread: str) -> list[list[tuple[str, int, str]]]:
        made = make_manifest(
            files, volume="甲", first_page=3, spread=spread, journal=journal, hashed=lambda count: None
        )
        return [[(p["designation"], p["frame"], p["side"]) for p in f["pages"]] for f in made["files"]]

    assert sides("right") == [
        [("3", 0, "right"), ("4", 0, "left"), ("5", 1, "right"), ("6", 1, "left")],
        [("7", 0, "right"), ("8", 0, "left")],
    ]
    assert sides("left")[1] == [("7", 0, "left"), ("8", 0, "right")]


def test_the_spreads_of_a_pdf_are_refused(tmp_path: Path) -> None:
    (tmp_path / "2.pdf").write_bytes(scans_pdf([picture(30, 20)]))
    with pytest.raises(StationError, match=r"2\.pdf"):
        make_manifest(
            [tmp_path / "2.pdf"],
            volume="甲",
            spread="right",
            journal=Journal.open(tmp_path / NAME),
            hashed=lambda count: None,
        )


def test_hashes_are_kept_until_the_file_changes(tmp_path: Path) -> None:
    path, journal = tmp_path / "a.jpg", Journal.open(tmp_path / NAME)
    path.write_bytes(b"one")
    assert hash_file(path, journal, lambda count: None) == hashlib.sha256(b"one").hexdigest()
    kept = Journal.open(tmp_path / NAME)
    assert kept.hash_of(path) == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))
    assert kept.hash_of(path) is None
    assert hash_file(path, kept, lambda count: None) == hashlib.sha256(b"two").hexdigest()


def test_a_line_torn_by_a_power_cut_costs_no_other(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / NAME)
    journal.note_acknowledged("b1", "1.png")
    with journal.path.open("a") as file:
        file.write('{"acknowledged": "2.p')
    again = Journal.open(journal.path)
    assert again.acknowledged == {"b1": {"1.png"}}
    again.note_acknowledged("b1", "3.png")
    assert Journal.open(journal.path).acknowledged == {"b1": {"1.png", "3.png"}}
    assert json.loads(journal.path.read_text().splitlines()[-1])["acknowledged"] == "3.png"
