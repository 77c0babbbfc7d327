"""An engine that the site forbids is used by no command, however the ban is written."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from huji.cli.main import main
from huji.settings import Settings

COLONIAL = Path(__file__).parents[3] / "domain" / "series" / "data" / "colonial_register.toml"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A bare page: no engine is asked what stands on it before it is known to be allowed."""
    Image.new("RGB", (200, 300), (235, 230, 220)).save(tmp_path / "page.png")
    return tmp_path / "page.png"


@pytest.mark.parametrize("written", ["rapidocr,tesseract", "rapidocr, tesseract", " tesseract rapidocr ,"])
@pytest.mark.parametrize("command", ["inspect", "series check"])
def test_no_command_reads_by_a_forbidden_engine(
    command: str, written: str, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUJI_FORBIDDEN_ENGINES", written)
    words = {
        "inspect": ["inspect", str(page)],
        "series check": ["admin", "series", "check", str(COLONIAL), "--page", str(page)],
    }[command]
    answer = CliRunner().invoke(main, words)
    assert answer.exit_code == 1
    assert "allow at least one" in answer.output


def test_an_engine_named_with_the_command_is_forbidden_beside_the_site_s(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUJI_FORBIDDEN_ENGINES", "rapidocr")
    answer = CliRunner().invoke(main, ["inspect", str(page), "--forbid-engine", "tesseract"])
    assert (answer.exit_code, "allow at least one" in answer.output) == (1, True)
    told = CliRunner().invoke(main, ["models", "--forbid-engine", "tesseract"])
    assert told.output.count("已禁用 forbidden") == told.output.count("sha256")


def test_the_workers_setting_is_read_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUJI_FORBIDDEN_ENGINES", "rapidocr, tesseract")
    assert Settings().engines_forbidden() == {"rapidocr", "tesseract"}
    monkeypatch.setenv("HUJI_FORBIDDEN_ENGINES", "")
    assert Settings().engines_forbidden() == frozenset()
