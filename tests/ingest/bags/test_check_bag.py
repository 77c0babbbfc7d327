"""What a bag must be, and every way in which a disk from outside may be wrong."""

import hashlib
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bags.check_bag import check_bag
from ingest.bags.open_source import open_source
from ingest.bags.tag_lines import decode_path, read_sums
from tests.ingest.bags.bags import (
    Files,
    bag_files,
    batch_json,
    retagged,
    sums,
    write_folder,
    write_zip,
)

SCANS = [("1.png", b"first"), ("百分%0A之二.png", b"second")]


def codes(path: Path) -> list[tuple[str, str]]:
    """Where and what."""
    source = open_source(path)
    try:
        return sorted((one.where, one.code) for one in check_bag(source).defects)
    finally:
        source.close()


def changed(**files: bytes | None) -> Files:
    """The sound bag with files put, or taken away, its tags made right again."""
    found = bag_files(SCANS)
    for path, data in files.items():
        found.pop(path, None)
        if data is not None:
            found[path] = data
    return retagged(found)


@pytest.mark.parametrize("top", ["", "huji-1/"])
def test_a_sound_bag_is_sound_in_a_folder_and_in_an_archive(tmp_path: Path, top: str) -> None:
    assert codes(write_folder(tmp_path / "bag", bag_files(SCANS))) == []
    assert codes(write_zip(tmp_path / "bag.zip", bag_files(SCANS), top)) == []


def test_other_tag_files_and_algorithms_may_stand_beside_ours(tmp_path: Path) -> None:
    payload = {path: data for path, data in bag_files(SCANS).items() if path.startswith("data/")}
    more = {"manifest-sha512.txt": sums(payload, "sha512"), "notes/read me.txt": b"from the crew"}
    assert codes(write_folder(tmp_path / "bag", retagged({**bag_files(SCANS), **more}))) == []
    wrong = {**more, "manifest-sha512.txt": sums(dict.fromkeys(payload, b""), "sha512")}
    found = codes(write_folder(tmp_path / "wrong", retagged({**bag_files(SCANS), **wrong})))
    assert {code for _, code in found} == {"sum_differs"}
    assert len(found) == 2


def test_every_defect_is_told_at_once(tmp_path: Path) -> None:
    files = bag_files(SCANS)
    files["data/0001_1.png"] = b"FIRST"
    files["data/more.png"] = b"nobody's"
    files["bagit.txt"] = b"BagIt-Version: 9.9\n"
    files["fetch.txt"] = b"http://example.org/x 1 data/x\n"
    del files["data/0002_百分%0A之二.png"]
    assert codes(write_folder(tmp_path / "bag", files)) == [
        ("bag-info.txt", "oxum"),
        ("bagit.txt", "declaration"),
        ("bagit.txt", "sum_differs"),
        ("data/0001_1.png", "sum_differs"),
        ("data/0002_百分%0A之二.png", "missing"),
        ("data/0002_百分%0A之二.png", "missing"),
        ("data/more.png", "not_in_batch"),
        ("data/more.png", "not_listed"),
        ("fetch.txt", "fetch"),
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"bagit.txt": None}, ("bagit.txt", "missing")),
        ({"huji-manifest.json": None}, ("huji-manifest.json", "missing")),
        ({"huji-manifest.json": b"["}, ("huji-manifest.json", "not_json")),
        ({"huji-manifest.json": b"[" * 100_000}, ("huji-manifest.json", "not_json")),
        ({"huji-manifest.json": b"\xff\xfe"}, ("huji-manifest.json", "not_readable")),
        ({"huji-manifest.json": b"{}"}, ("huji-manifest.json volume", "manifest")),
        ({"huji-manifest.json": batch_json(SCANS, idempotency_key="")},
         ("huji-manifest.json idempotency_key", "manifest")),
        ({"huji-manifest.json": batch_json([("../1.png", b"first"), SCANS[1]])}, ("file 1", "file_name")),
        ({"huji-manifest.json": batch_json([("1.png", b"other"), SCANS[1]])},
         ("data/0001_1.png", "differs")),
        ({"manifest-crc32.txt": b""}, ("manifest-crc32.txt", "algorithm")),
        ({"manifest-md5.txt": b""}, ("data/0001_1.png", "not_listed")),
        ({"bag-info.txt": b"Payload-Oxum: 99.2\n"}, ("bag-info.txt", "oxum")),
        ({"bag-info.txt": b"payload-oxum: many\n"}, ("bag-info.txt", "oxum")),
        ({"DATA/0001_1.PNG": b""}, ("data/0001_1.png", "case_clash")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    tmp_path: Path, files: dict[str, bytes | None], expected: tuple[str, str]
) -> None:
    assert expected in codes(write_folder(tmp_path / "bag", changed(**files)))


@pytest.mark.parametrize(
    "path",
    ["../etc/passwd", "/etc/passwd", "data/../../x", "C:/x", "data\\..\\x", "~/x", "data//x", "./data/x", ""],
)
def test_no_listed_path_leads_out_of_the_bag(tmp_path: Path, path: str) -> None:
    digest = hashlib.sha256(b"").hexdigest()
    files = bag_files(SCANS)
    files["manifest-sha256.txt"] += f"{digest}  {path}\n".encode()
    found = codes(write_folder(tmp_path / "bag", retagged(files)))
    assert {code for _, code in found} & {"path_outside", "line"}


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"first")
    bag = write_folder(tmp_path / "bag", bag_files(SCANS))
    (bag / "data" / "0001_1.png").unlink()
    (bag / "data" / "0001_1.png").symlink_to(secret)
    (bag / "more").symlink_to(tmp_path)
    found = codes(bag)
    assert ("data/0001_1.png", "not_a_file") in found
    assert ("more", "not_a_file") in found
    assert not any("secret" in where for where, _ in found)
    with pytest.raises(OSError, match="symbolic links"):
        open_source(bag).open("data/0001_1.png")


def _linked(archive: zipfile.ZipFile) -> None:
    member = zipfile.ZipInfo("data/0001_1.png")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(member, "/etc/passwd")


def _outside(archive: zipfile.ZipFile) -> None:
    archive.writestr("../../outside.txt", b"")


def _twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("data/0002_百分%0A之二.png", b"another")


def _bombed(archive: zipfile.ZipFile) -> None:
    archive.writestr("data/9999_bomb", bytes(50_000_000), zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_linked, "not_a_file"),
        (_outside, "path_outside"),
        (_twice, "twice"),
        (_bombed, "not_in_batch"),
    ],
)
def test_a_hostile_archive_is_refused(
    tmp_path: Path, spoil: Callable[[zipfile.ZipFile], None], code: str
) -> None:
    files = bag_files(SCANS)
    if spoil is _linked:
        del files["data/0001_1.png"]
    path = write_zip(tmp_path / "bag.zip", files)
    with zipfile.ZipFile(path, "a") as archive:
        spoil(archive)
    assert code in {one for _, one in codes(path)}


def test_an_archive_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "bag.zip", bag_files([("1.png", bytes(range(256)) * 40)])).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(zipfile.BadZipFile):
        open_source(tmp_path / "cut.zip")
    at = whole.index(b"0001_1.png") + 40
    (tmp_path / "damaged.zip").write_bytes(whole[:at] + b"\xff" * 30 + whole[at + 30 :])
    assert ("data/0001_1.png", "not_readable") in codes(tmp_path / "damaged.zip")


def test_a_tag_file_too_large_to_be_one_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.bags.check_bag.LARGEST_TAG_FILE", 1000)
    files = retagged({**bag_files(SCANS), "bag-info.txt": b"x" * 1001})
    assert codes(write_folder(tmp_path / "bag", files)) == [("bag-info.txt", "too_large")]


def test_more_files_than_a_batch_may_hold_are_not_even_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("folder_bag", "zip_bag"):
        monkeypatch.setattr(f"ingest.bags.{module}.MOST_ENTRIES", 5)
    assert codes(write_folder(tmp_path / "bag", bag_files(SCANS))) == [("bag", "too_many_files")]
    assert codes(write_zip(tmp_path / "bag.zip", bag_files(SCANS))) == [("bag", "too_many_files")]


def test_folders_without_end_are_not_walked(tmp_path: Path) -> None:
    bag = write_folder(tmp_path / "bag", bag_files(SCANS))
    deep = bag / "/".join("d" * 30)
    deep.mkdir(parents=True)
    assert "too_deep" in {code for _, code in codes(bag)}


@given(st.text(alphabet=st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1))
def test_paths_are_written_in_percent_and_back(name: str) -> None:
    written = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    assert decode_path(written) == name


@given(st.binary(max_size=300))
def test_no_manifest_breaks_its_reader(data: bytes) -> None:
    found, defects = read_sums("manifest-sha256.txt", data.decode("utf-8", "replace"), "sha256")
    assert isinstance(found, dict)
    assert all(one.zh and one.en for one in defects)


@given(st.binary(max_size=400))
def test_no_bytes_for_a_zip_break_more_than_their_own_import(data: bytes) -> None:
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(data))
