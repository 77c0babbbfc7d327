"""huji inspect: the shape that DESIGN §7 binds, refusals, overlays, exit status."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from bench.pages import Kind, PageSpec, draw_page, draw_volume
from domain.series import load_series
from huji.cli.inspect import inspect
from huji.inspect.inspect_file import InspectSettings, inspect_file
from huji.inspect.summarise import summarise
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from tests.ingest.drawn_form import blank, write

KEYS = {
    "file",
    "skew_deg",
    "orientation_deg",
    "orientation_confidence",
    "orientation_method",
    "skew_confidence",
    "skew_method",
    "crop",
    "quality",
    "perspective_deg",
    "perspective_confidence",
    "perspective_method",
    "series",
    "form",
    "designation",
    "seals",
    "household",
    "entries",
    "cells",
    "text",
    "timings",
    "error",
}

CELL_KEYS = {"row", "col", "box", "text", "confidence", "row_span", "col_span"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pixels, _ = draw_page(PageSpec(form="hei", severity=1, persons=3), np.random.default_rng(44))
    path = tmp_path_factory.mktemp("pages") / "register.png"
    Image.fromarray(np.asarray(pixels)).save(path, dpi=(300, 300), compress_level=1)
    return path


def run(*arguments: object, status: int = 0) -> str:
    result = CliRunner().invoke(inspect, [str(one) for one in arguments])
    assert result.exit_code == status, result.output
    return result.stdout


def is_value(value: dict[str, Any]) -> bool:
    whole = (
        {"text", "confidence", "box", "alternatives"}
        <= set(value)
        <= {
            "text",
            "confidence",
            "box",
            "alternatives",
            "parsed",
            "inks",
        }
    )
    return whole and 0 <= value["confidence"] <= 1 and len(value["box"]) == 4


def test_the_array_has_one_object_a_file(register: Path, tmp_path: Path) -> None:
    """All keys, values of the bound shape, boxes within the file, a parsed date, an overlay of two
    pictures."""
    (page,) = json.loads(run(register, "--json", "--overlay", tmp_path))
    assert set(page) >= KEYS
    assert page["error"] is None
    assert page["series"] == "colonial_register"
    assert len(page["entries"]) == 3
    values = [*page["household"].values(), *(value for entry in page["entries"] for value in entry.values())]
    assert all(is_value(value) for value in values)
    assert all(0 <= value["box"][0] < value["box"][2] <= 3508 for value in values)
    assert page["entries"][0]["birth_date"]["parsed"]["precision"] in ("day", "year")
    assert all(set(cell) == CELL_KEYS | {"ink", "inks", "field", "lines"} for cell in page["cells"])
    labels = {cell["field"] for cell in page["cells"] if cell["field"]}
    assert {"name", "birth_date", "father"} <= labels
    for cell in page["cells"]:
        assert [line["ink"] for line in cell["lines"]] == cell["inks"]
        assert "".join(line["text"] for line in cell["lines"]) == cell["text"]
    assert all(value["inks"] for value in values)
    assert (page["perspective_method"], page["form"]) == ("none", None)
    assert page["designation"] is None or is_value(page["designation"])
    assert {cell["ink"] for cell in page["cells"] if cell["text"]} == {"black"}
    assert all(set(one) == {"value", "verdict"} for one in page["quality"].values())
    assert (page["skew_method"], page["orientation_method"]) == ("rulings", "labels")
    assert page["quality"]["orientation"] == {"value": page["orientation_confidence"], "verdict": "accept"}
    assert {"decode", "straighten", "quality", "grid", "read", "assign"} <= set(page["timings"])
    assert page["timings"]["decode"] > 0
    with Image.open(tmp_path / "register.png") as overlay:
        assert overlay.width == 1900
        assert overlay.height > 2 * 1340


def test_what_the_machine_saw_besides_is_told(tmp_path: Path) -> None:
    """Which page and which form it is, the seals that were taken out of it, how it stood."""
    spec = PageSpec(
        series="registration_application", form="birth", severity=1, knobs={"seals": 3}, page_number=12
    )
    pixels, truth = draw_page(spec, np.random.default_rng(12))
    Image.fromarray(np.asarray(pixels)).save(tmp_path / "birth.png", dpi=(300, 300), compress_level=1)
    series = load_series("registration_application")
    (page,) = json.loads(run(tmp_path / "birth.png", "--json", "--series", series.key))
    assert page["form"] == "birth"
    assert is_value(page["designation"])
    assert page["seals"]
    for box in page["seals"]:
        assert any(np.abs(np.subtract(box, seal.box.as_list())).max() < 20 for seal in truth.seals), box
    told = summarise(page, series)
    for words in ("轉向 Turned 0°", "頁次 Page 第十二頁", "表格 Form 出生登記申請書", "印章 Seals"):
        assert words in told
    assert "斜拍" not in told
    slanted = {**page, "perspective_method": "rulings", "perspective_deg": 1.24, "orientation_method": "none"}
    assert "轉向 Turned 不明 not known  ·  斜拍 Aslant 1.2°" in summarise(slanted, series)


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    """A page cut off on its left: the check's value, what to do in two languages, and a box at that side."""
    pixels, _ = draw_page(PageSpec(severity=0, width=1754, height=1240), np.random.default_rng(3))
    Image.fromarray(np.array(pixels)[:, 420:]).save(tmp_path / "cut.png", dpi=(150, 150), compress_level=1)
    (described,) = json.loads(run(tmp_path / "cut.png", "--json"))
    fault = described["quality"]["cut_off"]
    assert fault["verdict"] == "flag"
    assert fault["zh"]
    assert fault["en"]
    assert fault["where"][0] == 0
    assert fault["where"][2] < 400
    assert set(described["quality"]["blank"]) == {"value", "verdict"}


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """It has an error that names a way out; the exit status says so; the next file is read."""
    (tmp_path / "no.jpg").write_text("not an image")
    gray = write(blank(300, 700), "申請日期", 60, 100, vertical=False)
    Image.fromarray(np.dstack([gray] * 3)).save(tmp_path / "yes.png")
    refused, missing, read = json.loads(
        run(tmp_path / "no.jpg", tmp_path / "none.tif", tmp_path / "yes.png", "--json", status=1)
    )
    assert "TIFF, JPEG, PNG" in refused["error"]
    assert refused["error_code"] == "not_an_image"
    assert missing["error"]
    assert read["error"] is None
    assert read["text"] == "申請日期"
    assert read["entries"] == []


def test_a_file_that_takes_the_decoder_down_takes_nothing_else(tmp_path: Path) -> None:
    """It is refused with a reason, and the next file is read by the decoder's next child."""
    Image.fromarray(np.zeros((10_000, 10_000, 3), np.uint8)).save(tmp_path / "large.png", compress_level=1)
    gray = write(blank(300, 700), "申請日期", 60, 100, vertical=False)
    Image.fromarray(np.dstack([gray] * 3)).save(tmp_path / "small.png")
    with closing(LimitedDecoder(memory=250 << 20)) as decoder:
        readers = Readers(choose_engines()[0])
        settings = InspectSettings(load_series("colonial_register"), readers, decoder=decoder)
        large, small = (inspect_file(tmp_path / name, settings) for name in ("large.png", "small.png"))
    assert large["error_code"] == "exhausted"
    assert "記憶體" in large["error"]
    assert "memory" in large["error"]
    assert (small["error"], small["text"]) == (None, "申請日期")


def test_an_empty_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty.tif").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    empty, folder = json.loads(run(tmp_path / "empty.tif", tmp_path / "folder.png", "--json", status=1))
    assert (empty["error_code"], folder["error_code"]) == ("empty", "unreadable")


def test_further_frames_stand_under_pages(tmp_path: Path) -> None:
    """A TIFF of two frames is one object with the second among its pages."""
    frames = [
        Image.fromarray(write(blank(300, 700), text, 60, 100, vertical=False))
        for text in ("申請日期", "王小明")
    ]
    frames[0].save(tmp_path / "two.tif", save_all=True, append_images=frames[1:])
    (page,) = json.loads(run(tmp_path / "two.tif", "--json"))
    assert (page["frames"], page["text"]) == (2, "申請日期")
    assert [one["text"] for one in page["pages"]] == ["王小明"]


def test_a_spread_is_read_page_by_page(tmp_path: Path) -> None:
    """As the pipeline splits it: the right page first, boxes in pixels of the frame, a picture each."""
    (drawn,) = draw_volume(1, 4010, width=1400, height=990, kind=Kind.SPREAD)
    Image.fromarray(np.asarray(drawn.pixels)).save(tmp_path / "open.png", dpi=(300, 300))
    scan = tmp_path / "open.png"
    (right,) = json.loads(run(scan, "--spread", "--json", "--overlay", tmp_path / "seen"))
    (left,) = right["pages"]
    assert (right["side"], left["side"], right["frames"]) == ("right", "left", 1)
    assert [("decode" in page["timings"]) for page in (right, left)] == [True, False]
    wide = drawn.pixels.shape[1]
    for page, (low, high) in ((right, (0.45 * wide, wide)), (left, (0, 0.55 * wide))):
        assert low <= page["crop"][0] < page["crop"][2] <= high
        boxes = [cell["box"] for cell in page["cells"]]
        assert boxes
        assert all(low <= box[0] < box[2] <= high for box in boxes)
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {"open-right.png", "open-left.png"}


def test_the_summary_is_for_people(tmp_path: Path) -> None:
    """正體中文 first; a page without a form says so and shows its text."""
    gray = write(blank(300, 700), "申請日期", 60, 100, vertical=False)
    Image.fromarray(gray).save(tmp_path / "page.png")
    told = run(tmp_path / "page.png")
    assert "歪斜 Skew" in told
    assert "未見本類簿冊的表格" in told
    assert "申請日期" in told


def test_help_has_an_example_and_a_forbidden_engine_is_refused(register: Path) -> None:
    """What the command prints without reading anything."""
    assert "huji inspect page-0001.jpg" in run("--help")
    forbidden = CliRunner().invoke(
        inspect, [str(register), "--forbid-engine", "rapidocr", "--forbid-engine", "tesseract"]
    )
    assert forbidden.exit_code == 1
    assert "allow at least one" in forbidden.output


def test_what_was_read_is_written_as_alto(register: Path, tmp_path: Path) -> None:
    """Every written cell of the answer stands in the document, in pixels of the file."""
    ran = CliRunner().invoke(inspect, [str(register), "--json", "--alto", str(tmp_path / "text")])
    (page,) = json.loads(ran.stdout)
    root = ElementTree.fromstring((tmp_path / "text" / "register.xml").read_bytes())
    blocks = [one for one in root.iter() if one.tag.endswith("}TextBlock")]
    places = {tuple(int(one.attrib[key]) for key in ("HPOS", "VPOS")) for one in blocks}
    assert places == {tuple(cell["box"][:2]) for cell in page["cells"] if cell["text"]}
