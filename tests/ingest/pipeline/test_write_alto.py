"""The text of a page as ALTO: what the standard asks of its elements, and every line in its place."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.series import load_series
from imaging.crop import CropEstimate
from imaging.orientation import Quarter
from imaging.skew import SkewEstimate
from imaging.transform import for_deskew
from ingest.pipeline.results import CellText, Ink, LineText, PageContent, PageReading
from ingest.pipeline.write_alto import NAMESPACE, AltoSource, alto_source, write_alto

SERIES = load_series("colonial_register")
SOURCE = AltoSource("ab" * 32, 2, 1000, 800, "rapidocr")
ORDER = ("Description", "Styles", "Tags", "ReadingOrder", "Layout")
"""The elements under `alto`, in the order of the standard's sequence."""


def line(text: str, x: int, y: int, ink: Ink = "black") -> LineText:
    return LineText((x, y, x + 40, y + 200), text, 0.9, True, ink)


def cell(row: int, col: int, *lines: LineText, field: str | None = None) -> CellText:
    box = (col * 100, row * 300, col * 100 + 100, row * 300 + 300)
    return CellText(row, col, box, "".join(one.text for one in lines), 0.9, (), field, lines)


def page(*cells: CellText, lines: tuple[LineText, ...] = ()) -> PageContent:
    return PageContent({}, (), cells, lines, "")


def read(document: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(document)


def all_of(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(root.iter(f"{{{NAMESPACE}}}{name}"))


def test_lines_stand_in_reading_order_with_their_boxes() -> None:
    content = page(
        cell(0, 0, line("左上", 10, 10)),
        cell(0, 1, line("右上", 160, 10), line("次行", 110, 10)),
        cell(1, 1, line("右下", 160, 310)),
        cell(1, 0),
    )
    root = read(write_alto(content, SOURCE, SERIES))
    assert [one.get("CONTENT") for one in all_of(root, "String")] == ["右上", "次行", "右下", "左上"]
    first = all_of(root, "TextLine")[0]
    assert [first.get(key) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["160", "10", "40", "200"]
    assert {one.get("BASEDIRECTION") for one in all_of(root, "TextLine")} == {"ttb"}


def test_the_page_says_which_frame_of_which_bytes_it_is() -> None:
    root = read(write_alto(page(), SOURCE, SERIES))
    (found,) = all_of(root, "Page")
    assert (found.get("WIDTH"), found.get("HEIGHT"), found.get("PHYSICAL_IMG_NR")) == ("1000", "800", "3")
    assert [one.text for one in all_of(root, "fileIdentifier")] == ["ab" * 32]
    assert [one.text for one in all_of(root, "MeasurementUnit")] == ["pixel"]
    assert root.get("SCHEMAVERSION") == "4.4"


def test_a_label_names_its_field_and_references_resolve() -> None:
    content = page(cell(0, 0, line("姓名", 10, 10), field="name"), cell(1, 0, line("陳阿水", 10, 310)))
    root = read(write_alto(content, SOURCE, SERIES))
    (tag,) = all_of(root, "StructureTag")
    assert tag.get("LABEL") == SERIES.field("name").label
    assert [one.get("TAGREFS") for one in all_of(root, "TextBlock")] == [tag.get("ID"), None]


def test_a_page_without_a_form_has_a_block_a_line() -> None:
    content = page(lines=(line("一", 10, 10), LineText((0, 0, 90, 20), "abc", 0.5, False)))
    root = read(write_alto(content, SOURCE, SERIES))
    assert len(all_of(root, "TextBlock")) == 2
    assert [one.get("BASEDIRECTION") for one in all_of(root, "TextLine")] == ["ttb", "ltr"]


def test_a_line_refers_to_its_ink_and_black_needs_no_word() -> None:
    content = page(
        cell(0, 0, line("陳", 60, 10), line("除戶", 10, 10, "red")), lines=(line("註", 0, 400, "other"),)
    )
    root = read(write_alto(content, SOURCE, SERIES))
    styles = {one.get("ID"): one.get("FONTCOLOR") for one in all_of(root, "TextStyle")}
    assert [one.get("STYLEREFS") for one in all_of(root, "TextLine")] == [None, "ink.red", "ink.other"]
    assert set(styles) == {"ink.red", "ink.other"}
    red, green, blue = bytes.fromhex(styles["ink.red"] or "")
    assert red > 2 * max(green, blue)
    assert styles["ink.other"] is None
    assert not all_of(read(write_alto(page(cell(0, 0, line("陳", 60, 10))), SOURCE, SERIES)), "Styles")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-9.0, 0.0, 9.0])
def test_a_page_says_how_its_content_is_turned_in_the_master(turned: Quarter, skew: float) -> None:
    """The direction of a line is that of the upright page, whatever the skew."""
    transform = for_deskew((1000, 800), skew).turned_back(turned)
    box = (0, 0, 1000, 800)
    reading = PageReading(
        "rapidocr",
        transform,
        SkewEstimate(skew, 1.0, "rulings"),
        CropEstimate(box, 1.0, "ground"),
        page(),
        {},
    )
    source = alto_source("ab" * 32, 2, reading)
    assert source == replace(SOURCE, turned_deg=turned)
    root = read(write_alto(page(cell(0, 0, line("陳", 60, 10))), source, SERIES))
    assert [one.get("ROTATION") for one in all_of(root, "Page")] == [str(turned) if turned else None]
    assert [one.get("BASEDIRECTION") for one in all_of(root, "TextLine")] == ["ttb"]


@given(
    st.lists(st.text(min_size=1), max_size=4),
    st.floats(-1, 2),
    st.sampled_from(["black", "red", "other"]),
    st.none() | st.just("name"),
)
def test_any_text_makes_a_document_that_keeps_the_standards_rules(
    texts: list[str], sure: float, ink: Ink, field: str | None
) -> None:
    """Elements in order, identifiers once, references to what there is, confidences from 0 to 1, each
    character carried or replaced."""
    lines = tuple(LineText((0, 0, 5, 5), text, sure, True, ink) for text in texts)
    root = read(write_alto(page(cell(0, 0, *lines, field=field)), SOURCE, SERIES))
    names = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in root]
    assert names == sorted(names, key=ORDER.index)
    named = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(named) == len(set(named))
    referred = {one.get(key) for one in root.iter() for key in ("STYLEREFS", "TAGREFS") if one.get(key)}
    assert referred <= set(named)
    strings = all_of(root, "String")
    assert len(strings) == len(texts)
    assert all(0 <= float(one.attrib["WC"]) <= 1 for one in strings)
    for one, text in zip(strings, texts, strict=True):
        assert len(one.attrib["CONTENT"]) == len(text)


def test_a_book_of_a_series_whose_sheets_read_across_is_in_columns() -> None:
    sheets = load_series("initial_registration_application")
    assert sheets.direction == "horizontal"
    content = page(
        cell(0, 0, line("左上", 10, 10)),
        cell(0, 1, line("右上", 160, 10)),
        cell(1, 1, line("右下", 160, 310)),
    )
    root = read(write_alto(content, SOURCE, sheets))
    assert [one.get("CONTENT") for one in all_of(root, "String")] == ["右上", "右下", "左上"]
