"""A site's directory of series is read whole, or refused with every defect."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from domain.series import InvalidSeries, adopt_series, load_series, series_keys
from huji.cli.main import main
from huji.series.read_site_series import adopt_site_series, read_site_series
from huji.settings import Settings
from huji.wiring import build_house
from tests.huji.cli.admin.test_series import OWN


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A directory with one series of the site's own."""
    (tmp_path / "land_register.toml").write_text(OWN, "utf-8")
    yield tmp_path
    adopt_series(())


def test_the_house_knows_a_sites_series(folder: Path, sqlite_url: str, tmp_path: Path) -> None:
    build_house(Settings(database_url=sqlite_url, objects=f"files:{tmp_path}", series_dir=folder))
    assert load_series("land_register").title == "土地登記簿"
    build_house(Settings(database_url=sqlite_url, objects=f"files:{tmp_path}"))
    assert "land_register" not in series_keys()


def test_every_defect_of_every_file_is_told(folder: Path) -> None:
    (folder / "a.toml").write_text("key = ", "utf-8")
    (folder / "b.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidSeries) as caught:
        read_site_series(folder)
    assert [defect.split(":")[0] for defect in caught.value.defects] == ["a.toml", "b.toml"]


def test_a_missing_directory_is_told() -> None:
    with pytest.raises(InvalidSeries, match="no directory"):
        adopt_site_series(Path("does/not/exist"))


def test_an_empty_setting_names_no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUJI_SERIES_DIR", "")
    assert Settings().series_dir is None


def test_inspect_takes_a_sites_series(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUJI_SERIES_DIR", str(folder))
    missing = str(folder / "none.png")
    known = CliRunner().invoke(main, ["inspect", missing, "--series", "land_register", "--json"])
    assert '"error"' in known.output
    unknown = CliRunner().invoke(main, ["inspect", missing, "--series", "sea_register"])
    assert unknown.exit_code == 2
    assert "land_register" in unknown.output
