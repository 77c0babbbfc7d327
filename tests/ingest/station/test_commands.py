"""The station's commands explain themselves and do what they say."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.station.draw_scans import draw_scan
from huji.cli.main import main
from ingest.station.centre import NAME
from ingest.station.cli import COMMANDS, station
from ingest.station.read_key import read_key
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan
from ingest.station.spool.lock import SpoolLock
from tests.ingest.station.desks import open_spool, take, turned


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_shows_an_example(name: str) -> None:
    told = CliRunner().invoke(station, [name, "--help"])
    assert told.exit_code == 0
    assert f"{'huji' if name == 'upload' else 'huji-station'}" in told.output
    assert "Example:" in told.output
    assert CliRunner().invoke(main, ["station", name, "--help"]).exit_code == 0


def test_a_spool_is_listed_exported_and_verified(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    keep_scan(spool, take(spool, tmp_path / "1.png", draw_scan(1)))
    where = ["--spool", str(spool.folder)]
    early = CliRunner().invoke(station, ["export", "b0001", str(tmp_path), *where])
    assert (early.exit_code, "not closed" in early.output) == (1, True)
    close_volume(spool)
    listed = CliRunner().invoke(station, ["status", *where, "--json"])
    (row,) = json.loads(listed.output)
    assert (row["volume"], row["state"], row["files"], row["acknowledged"]) == ("甲-1", "closed", 1, 0)
    assert "待送" in CliRunner().invoke(station, ["status", *where]).output
    done = CliRunner().invoke(station, ["export", "甲-1", str(tmp_path), *where, "--station", "S1"])
    assert done.exit_code == 0, done.output
    bag = next(tmp_path.glob("huji-*"))
    assert CliRunner().invoke(station, ["verify", str(bag)]).exit_code == 0
    (bag / "data" / "0001_1.png").write_bytes(b"x")
    wrong = CliRunner().invoke(station, ["verify", str(bag)])
    assert (wrong.exit_code, "data/0001_1.png" in wrong.output) == (1, True)


def test_a_spool_in_use_is_refused_with_words(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    where, hot = ["--spool", str(spool.folder)], tmp_path / "hot"
    hot.mkdir()
    with SpoolLock(spool.folder):
        for command in (["tidy", *where], ["run", *where, "--hot", str(hot), "--no-browser"]):
            told = CliRunner().invoke(station, command)
            assert (told.exit_code, "Another station program" in told.output) == (1, True)
    assert CliRunner().invoke(station, ["tidy", *where]).exit_code == 0


@pytest.mark.parametrize("hot", [".", "scans", "looks", "..", "other", "../link/scans"])
def test_a_hot_folder_in_or_around_the_spool_is_refused_and_untouched(tmp_path: Path, hot: str) -> None:
    """The spool clears its own folders at every start: a scanner's originals there would be gone."""
    spool = open_spool(tmp_path / "spool").folder
    (spool / "other").mkdir()
    (tmp_path / "link").symlink_to(spool, target_is_directory=True)
    original = spool / hot / "0001.png"
    original.write_bytes(b"an original")
    for command in ("run --no-browser --hot", "tidy --originals"):
        name, *options = command.split()
        told = CliRunner().invoke(station, [name, "--spool", str(spool), *options, str(spool / hot)])
        assert (told.exit_code, "side by side" in told.output) == (1, True), told.output
    assert original.read_bytes() == b"an original"


def test_a_spool_made_in_the_hot_folder_is_refused_before_it_is_made(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        station, ["run", "--spool", str(tmp_path / "new"), "--hot", str(tmp_path), "--no-browser"]
    )
    assert (told.exit_code, list(tmp_path.iterdir())) == (1, [])


@pytest.mark.parametrize(
    "wrong", [["--window", "night"], ["--rate", "fast"], ["--server", "http://x"], ["--port", "99999"]]
)
def test_wrong_options_are_told(tmp_path: Path, wrong: list[str]) -> None:
    told = CliRunner().invoke(
        station, ["run", "--spool", str(tmp_path), "--hot", str(tmp_path), "--no-browser", *wrong]
    )
    assert told.exit_code == 2


SERVERS = [
    "http://[::",
    "huji.example",
    "ftp://huji.example",
    "https://",
    "https://h:x",
    "https://h/api",
    "http://a b",
]


@pytest.mark.parametrize("server", SERVERS)
def test_what_is_no_address_is_told_at_once(tmp_path: Path, server: str) -> None:
    (tmp_path / "key").write_text("k")
    more = ["--server", server, "--key-file", str(tmp_path / "key")]
    run = ["run", "--spool", str(tmp_path / "spool"), "--hot", str(tmp_path), "--no-browser"]
    for command in (run, ["upload", str(tmp_path), "--volume", "甲-1"]):
        told = CliRunner().invoke(station, [*command, *more])
        assert (told.exit_code, "https://huji.example" in told.output) == (2, True), told.output


KEY = "huji_S-01.abcDEF"


@pytest.mark.parametrize(
    "saved",
    [
        KEY.encode(),
        KEY.encode() + b"\r\n",
        KEY.encode("utf-8-sig"),
        KEY.encode("utf-16"),
        (KEY + "\r\n").encode("utf-16"),
    ],
)
def test_a_key_is_read_however_it_was_saved(tmp_path: Path, saved: bytes) -> None:
    (tmp_path / "key").write_bytes(saved)
    assert read_key(tmp_path / "key") == KEY


@pytest.mark.parametrize(
    "saved", [b"", b"\n", b"\xff\xfe", b"a b", b"a\nb", "金鑰".encode(), b"\xa4\xa4", b"a\0b"]
)
def test_what_is_no_key_is_told(tmp_path: Path, saved: bytes) -> None:
    (tmp_path / "key").write_bytes(saved)
    (tmp_path / "1.png").write_bytes(draw_scan(1))
    more = ["--volume", "甲-1", "--server", "http://127.0.0.1:9", "--key-file", str(tmp_path / "key")]
    told = CliRunner().invoke(station, ["upload", str(tmp_path), *more])
    assert (told.exit_code, "as the centre issued it" in told.output) == (1, True), told.output


def test_check_goes_by_the_limits_of_a_volume(tmp_path: Path) -> None:
    """As the centre told them last; of a volume it told nothing of, the command says so."""
    scan = tmp_path / "turned.png"
    scan.write_bytes(turned(draw_scan(1, 1754, 1240), -3.8))
    told = {"orders": [], "volumes": {"甲-1": {"have": [], "quality": {"skew_flag": 3.0}}}}
    (tmp_path / NAME).write_text(json.dumps(told), "utf-8")
    where = ["--spool", str(tmp_path)]
    assert "△ 端正" not in CliRunner().invoke(station, ["check", str(scan)]).output
    assert "△ 端正" in CliRunner().invoke(station, ["check", str(scan), *where, "--volume", "甲-1"]).output
    for wrong in (["--volume", "甲-1"], [*where, "--volume", "乙-1"]):
        assert CliRunner().invoke(station, ["check", str(scan), *wrong]).exit_code == 2


def test_check_tells_good_from_bad(tmp_path: Path) -> None:
    (tmp_path / "good.png").write_bytes(draw_scan(1, 1754, 1240))
    (tmp_path / "bad.png").write_bytes(b"nothing")
    good = CliRunner().invoke(station, ["check", str(tmp_path / "good.png")])
    assert (good.exit_code, "清晰" in good.output) == (0, True)
    assert CliRunner().invoke(station, ["check", str(tmp_path / "bad.png")]).exit_code == 1
