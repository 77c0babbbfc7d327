"""huji admin series check, as it is typed."""

import json
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from bench.pages import PageSpec, draw_page
from domain.series import load_series
from huji.cli.main import main
from huji.series import try_page
from ingest.decoding.limited_decoder import LimitedDecoder
from tests.ingest.pipeline.series_pages import series_pages

SHIPPED = Path(__file__).parents[4] / "domain" / "series" / "data"
OWN = """
key = "land_register"
title = "土地登記簿"
english = "Land register"
source = "a test"
direction = "horizontal"
open_ended = true
[layout]
unit = "page"
persons_along = "pages"
ruled = true
bands = ["name", "birth_place"]
[[fields]]
key = "name"
level = "person"
kind = "name"
labels = ["所有權人", "死亡者姓名"]
english = "Owner"
masked = false
[[fields]]
key = "birth_place"
level = "person"
kind = "place"
labels = ["坐落", "死亡地點"]
english = "Where"
masked = false
[[fields]]
key = "rank"
level = "person"
kind = "code"
labels = ["等則"]
english = "Rank"
masked = true
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "land_register.toml"
    path.write_text(OWN, "utf-8")
    return path


def check(*words: str) -> Result:
    return CliRunner().invoke(main, ["admin", "series", "check", *words])


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_series_is_right(path: Path) -> None:
    result = check(str(path))
    assert result.exit_code == 0, result.output


def test_everything_wrong_is_said_at_once(own: Path) -> None:
    wrong = (
        OWN.replace('kind = "place"', 'kind = "address"')
        .replace('labels = ["等則"]', 'labels = ["坐落"]')
        .replace("masked = true", "")
        .replace('source = "a test"', "colour = 3\n[quality]\nblurr = 3")
        .replace('bands = ["name", ', 'bands = ["owner", ')
    )
    own.write_text(wrong, "utf-8")
    result = check(str(own), "--json")
    told = json.loads(result.output)
    assert (result.exit_code, told["right"]) == (1, False)
    for part in (
        "source",
        "'colour'",
        "'坐落' names 2",
        "masked",
        "'blurr'",
        "'owner'",
        "kind must be",
    ):
        assert any(part in defect for defect in told["defects"]), (part, told["defects"])


def test_a_taken_key_and_a_misnamed_file_are_refused(own: Path) -> None:
    clash = own.with_name("colonial_register.toml")
    clash.write_text(OWN.replace('"land_register"', '"colonial_register"'), "utf-8")
    assert "taken by a shipped series" in check(str(clash)).output
    other = own.with_name("other.toml")
    other.write_text(OWN, "utf-8")
    result = check(str(other))
    assert result.exit_code == 1
    assert "name it land_register.toml" in result.output


def test_a_test_page_shows_which_labels_were_found(own: Path, tmp_path: Path) -> None:
    page = next(one for one in series_pages() if one.name == "death")
    Image.fromarray(page.draw()).save(tmp_path / "page.png")
    told = json.loads(check(str(own), "--page", str(tmp_path / "page.png"), "--json").output)
    assert told["right"]
    assert told["page"]["found"] == {"name": "死亡者姓名", "birth_place": "死亡地點"}
    assert told["page"]["persons"] == [{"name": "黃阿水", "birth_place": "臺北市大安區"}]
    in_words = check(str(own), "--page", str(tmp_path / "page.png"))
    assert in_words.exit_code == 0
    assert "found    所有權人 (name): 死亡者姓名" in in_words.output
    assert "missing  等則 (rank)" in in_words.output
    assert told["page"]["labels"] == {"found": 2, "of": 2, "least": 1}


def test_a_page_of_another_series_is_no_form_though_they_share_labels(tmp_path: Path) -> None:
    """What was found and what was not is named, of the household too."""
    pixels, _ = draw_page(PageSpec(severity=0, persons=3), np.random.default_rng(2))
    Image.fromarray(np.asarray(pixels)).save(tmp_path / "page.png", dpi=(300, 300))
    page = ["--page", str(tmp_path / "page.png"), "--json"]
    other = check(str(SHIPPED / "household_registration.toml"), *page)
    told = json.loads(other.output)["page"]
    assert (other.exit_code, told["is_form"]) == (1, False)
    assert 0 < told["labels"]["found"] < told["labels"]["least"] == 7
    assert {"name", "address"} <= set(told["found"])
    assert {"household_number", "national_id"} <= set(told["missing"])
    own = check(str(SHIPPED / "colonial_register.toml"), *page)
    told = json.loads(own.output)["page"]
    assert (own.exit_code, told["is_form"]) == (0, True)
    keys = {field.key for field in load_series("colonial_register").fields}
    assert set(told["missing"]) == keys - set(told["found"])


def test_hints_that_the_page_does_not_bear_out_are_named(own: Path, tmp_path: Path) -> None:
    """Each by its name, in words and in JSON; right ones are called right, and either way the file is."""
    pixels, _ = draw_page(PageSpec(severity=0, persons=3), np.random.default_rng(2))
    Image.fromarray(np.asarray(pixels)).save(tmp_path / "page.png", dpi=(300, 300))
    page = ["--page", str(tmp_path / "page.png")]
    shipped = (
        (SHIPPED / "colonial_register.toml").read_text("utf-8").replace('"colonial_register"', '"own_form"')
    )
    printed = [
        "notes",
        "origin",
        "occupation",
        "birth_order",
        "father",
        "mother",
        "relation",
        "name",
        "birth_date",
    ]
    right = re.sub(r"(?m)^bands = .*$", f"bands = {json.dumps(printed)}", shipped)
    path = own.with_name("own_form.toml")
    path.write_text(right, "utf-8")
    assert "hints and the page agree" in check(str(path), *page).output
    wrong = (
        right.replace('unit = "household"', 'unit = "person"')
        .replace('persons_along = "columns"', 'persons_along = "rows"')
        .replace("ruled = true", "ruled = false")
        .replace('bands = ["notes", "origin", ', 'bands = ["name", "notes", ')
        .replace('"relation", "name", "birth_date"]', '"relation", "birth_date"]')
    )
    path.write_text(wrong, "utf-8")
    told = check(str(path), *page, "--json")
    assert told.exit_code == 0
    assert {one["hint"] for one in json.loads(told.output)["page"]["layout"]} == {
        "unit",
        "persons_along",
        "ruled",
        "bands",
    }
    words = check(str(path), *page).output
    for part in (
        "hint unit: 提示為一頁一人，此頁見 3 人",
        "the hint is rows, the page's persons follow one another in columns",
        "the hint is false, the page is ruled",
        "the page prints also origin",
        "in this order: notes, occupation,",
    ):
        assert part in words, part


def test_a_page_that_cannot_be_decoded_is_refused_in_words(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that takes the decoding child down: the command ends with a sentence, not with the child."""
    monkeypatch.setattr(try_page, "LimitedDecoder", partial(LimitedDecoder, memory=250 << 20))
    Image.new("RGB", (10_000, 10_000)).save(tmp_path / "large.png", compress_level=1)
    (tmp_path / "no.png").write_text("not an image")
    for name, reason in (("large.png", "more memory or time"), ("no.png", "TIFF, JPEG, PNG")):
        result = check(str(own), "--page", str(tmp_path / name))
        assert (result.exit_code, type(result.exception)) == (1, SystemExit)
        assert reason in result.output


def test_a_page_that_is_no_form_of_the_series_fails(own: Path, tmp_path: Path) -> None:
    Image.new("RGB", (900, 1200), (235, 230, 220)).save(tmp_path / "blank.png")
    result = check(str(own), "--page", str(tmp_path / "blank.png"))
    assert result.exit_code == 1
    assert "no form of this series" in result.output


@pytest.mark.parametrize(
    ("limits", "part"),
    [
        ("ppi_flag = 100\nppi_refuse = 400", "ppi_refuse is 400, above ppi_flag"),
        ("skew_flag = 20\nskew_refuse = 1", "skew_refuse is 1, below skew_flag"),
        ("skew_flag = 20", "skew_refuse is 12, below skew_flag"),
    ],
)
def test_no_page_is_refused_before_it_is_flagged(own: Path, limits: str, part: str) -> None:
    own.write_text(f"{OWN}\n[quality]\n{limits}\n", "utf-8")
    result = check(str(own))
    assert result.exit_code == 1
    assert part in result.output


def test_a_byte_order_mark_is_no_defect(own: Path) -> None:
    own.write_text(OWN, "utf-8-sig")
    assert check(str(own)).exit_code == 0


def test_hints_are_not_called_right_by_a_page_of_another_form(own: Path, tmp_path: Path) -> None:
    spec = PageSpec(file="p", persons=4, width=1754, height=1240)
    pixels = np.asarray(draw_page(spec, np.random.default_rng(1))[0], dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "other.png", dpi=(150, 150))
    result = check(str(own), "--page", str(tmp_path / "other.png"))
    assert "no form of this series" in result.output
    assert "hints and the page agree" not in result.output
