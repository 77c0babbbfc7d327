"""Pictures and texts: none is written over another, and what cannot be written is no fault of the scan."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from huji.cli.inspect import inspect
from huji.inspect.output_names import OutputNames


def _scan(path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(np.full((60, 80, 3), 230, np.uint8)).save(path)
    return str(path)


def test_files_of_one_name_have_pictures_and_texts_of_their_own(tmp_path: Path) -> None:
    scans = [_scan(tmp_path / name) for name in ("x/1.png", "y/1.png", "y/1.jpg")]
    out = str(tmp_path / "seen")
    ran = CliRunner().invoke(inspect, [*scans, "--json", "--overlay", out, "--alto", out])
    assert ran.exit_code == 0, ran.output
    names = ("1", "1~2", "1~3")
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {
        f"{name}.{kind}" for name in names for kind in ("png", "xml")
    }


def test_a_page_keeps_its_name_and_takes_nobody_elses() -> None:
    names = OutputNames()
    assert [names.name(page, "a") for page in (1, 1, 2)] == ["a", "a", "a~2"]
    assert names.name(3, "A") == "A~3"
    assert names.name(4, "a~2") == "a~2~2"


@pytest.mark.parametrize("option", ["--overlay", "--alto"])
def test_what_cannot_be_written_ends_the_command_and_is_named(tmp_path: Path, option: str) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    scan = _scan(tmp_path / "1.png")
    ran = CliRunner().invoke(inspect, [scan, "--json", option, str(tmp_path / "taken" / "seen")])
    assert ran.exit_code == 1
    assert "無法寫入" in ran.output
    assert "taken/seen/1." in ran.output
    assert "cannot be read" not in ran.output


def test_an_unforeseen_error_refuses_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, and the others are printed."""
    import huji.inspect.inspect_file as module

    whole = module.assess

    def fails_on_wide(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *others: object) -> object:
        if pixels.shape[1] == 81:
            raise IndexError("list index out of range")
        return whole(pixels, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "assess", fails_on_wide)
    good, bad = _scan(tmp_path / "good.png"), tmp_path / "bad.png"
    Image.fromarray(np.full((60, 81, 3), 230, np.uint8)).save(bad)
    ran = CliRunner().invoke(inspect, [str(bad), good, "--json"])
    assert ran.exit_code == 1
    refused, read = json.loads(ran.stdout)
    assert (refused["error_code"], read["error"]) == ("failed", None)
    assert "未預期" in refused["error"]
    assert "Traceback" not in ran.output
