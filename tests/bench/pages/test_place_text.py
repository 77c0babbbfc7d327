"""Characters run top to bottom and right to left, inside their cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pages.geometry import Box
from bench.pages.place_text import Glyph, TextTooLongError, place_label, place_value

CELL = Box(100, 50, 440, 500)


def columns(glyphs: list[Glyph]) -> list[str]:
    lefts = sorted({glyph.x for glyph in glyphs}, reverse=True)
    return ["".join(glyph.character for glyph in glyphs if glyph.x == x) for x in lefts]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="陳林黃張李王ヨリ", min_size=1, max_size=40))
def test_a_value_lies_inside_its_cell_in_reading_order(text: str) -> None:
    glyphs = place_value(text, CELL, 45, 1.0)
    assert "".join(columns(glyphs)) == text
    for glyph in glyphs:
        half = glyph.size / 2
        square = Box(glyph.x - half, glyph.y - half, glyph.x + half, glyph.y + half)
        assert CELL.union(square) == CELL


def test_a_date_breaks_after_its_year() -> None:
    glyphs = place_value("明治三十八年五月十二日", Box(0, 0, 300, 345), 46, 1.0)
    assert columns(glyphs) == ["明治三十八年", "五月十二日"]


def test_a_long_date_breaks_after_its_month_too() -> None:
    glyphs = place_value("明治三十八年十一月二十八日", Box(0, 0, 300, 310), 46, 1.0)
    assert columns(glyphs) == ["明治三十八年", "十一月", "二十八日"]


def test_a_short_text_is_written_smaller_rather_than_broken() -> None:
    glyphs = place_value("陳氏阿妹", Box(0, 0, 300, 240), 54, 1.0)
    assert columns(glyphs) == ["陳氏阿妹"]
    assert glyphs[0].size < 54


def test_a_text_that_cannot_fit_is_refused() -> None:
    with pytest.raises(TextTooLongError, match="200 characters"):
        place_value("陳" * 200, CELL, 45, 1.0)


@given(st.integers(1, 5))
def test_a_label_stands_in_the_middle_of_its_cell(length: int) -> None:
    glyphs = place_label("出生年月日"[:length], CELL, 50, 1.0)
    assert sum(glyph.y for glyph in glyphs) / length == pytest.approx(275)
    assert {glyph.x for glyph in glyphs} == {270}
