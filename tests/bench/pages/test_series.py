"""Pages of every series: the forms ask what the series has, every text fits, and what is told can be seen."""

from itertools import product

import numpy as np
import pytest

from bench.pages import STANDARD_SEEDS, TUNING_SEEDS, PageSpec, PageTruth, draw_page, standard_page
from bench.pages.find_faces import find_faces
from bench.pages.ink_glyphs import Layer, has_glyph
from bench.pages.invent_page import invent_page
from bench.pages.lay_out import form_ids, lay_out, read_form
from bench.pages.write_sheet import place_parts, text_of
from domain.identifiers import household_number, national_id
from domain.series import all_series, bare_label, load_series

SERIES = tuple(series.key for series in all_series() if series.key != "plain_pages")
FORMS = [(series, form) for series in SERIES for form in form_ids(series)]


def drawn(series: str, form: str, severity: int = 1) -> tuple[Layer, PageTruth]:
    spec = PageSpec(series=series, form=form, severity=severity, width=1754, height=1240, page_number=12)
    return draw_page(spec, np.random.default_rng([5, severity]))


@pytest.mark.parametrize(("key", "form"), FORMS)
def test_a_form_asks_for_fields_of_its_series_by_labels_of_theirs(key: str, form: str) -> None:
    series = load_series(key)
    for slot in lay_out(read_form(form), 3508, 2480, 1.0, 7).slots:
        if slot.field:
            field = series.field(slot.field)
            assert field.level == slot.part or slot.kind == "label"
            known = {bare_label(label) for label in field.labels}
            assert slot.kind == "value" or bare_label(slot.label) in known, slot.label


@pytest.mark.parametrize(("series", "form"), FORMS)
def test_every_text_fits_at_a_readable_size(series: str, form: str) -> None:
    table = read_form(form)
    for columns, seed in product(table.get("columns", [7, 8]), range(20)):
        household = invent_page(series, form, columns, np.random.default_rng([1, seed]))
        for slot in lay_out(table, 3508, 2480, 1.0, columns).slots:
            if slot.kind == "value":
                text, red = text_of(slot, household), household.red.get((slot.entry, slot.field), "")
                glyphs = place_parts(slot, (text.removesuffix(red), red), 1.0)
                assert all(glyph.size >= 34 for glyph in glyphs), (slot.field, text)
                assert "".join(glyph.character for glyph in glyphs) == text


@pytest.mark.parametrize("series", SERIES)
def test_every_character_can_be_drawn(series: str) -> None:
    for form, seed in product(form_ids(series), range(6)):
        household = invent_page(series, form, 6, np.random.default_rng([2, seed]))
        texts = [
            *household.fields.values(),
            *(text for entry in household.entries for text in entry.values()),
        ]
        for character in set("".join(texts)):
            assert any(has_glyph(face, character) for face in find_faces()), character


@pytest.mark.parametrize(("series", "form"), FORMS)
def test_a_page_is_drawn_and_told(series: str, form: str) -> None:
    pixels, truth = drawn(series, form)
    assert pixels.shape == (truth.height, truth.width, 3)
    assert (truth.series, truth.form) == (series, form)
    assert truth.designation is not None
    assert truth.designation.number == 12
    assert all("name" in entry for entry in truth.entries)
    for cell in truth.cells:
        assert "".join(line.text for line in cell.lines) == cell.text
        if cell.ink is not None:
            box = tuple(round(value) for value in cell.ink.as_list())
            part = pixels[max(0, box[1]) : box[3], max(0, box[0]) : box[2]]
            assert int(part.max()) - int(part.min()) > 40, (cell.field, cell.text)


@pytest.mark.parametrize("series", ["colonial_removed_register", "household_removed_registration"])
def test_who_is_struck_out_is_told_in_red(series: str) -> None:
    pixels, truth = drawn(series, form_ids(series)[0], severity=0)
    assert truth.struck
    for cell in truth.cells:
        if cell.field == "removed_on" and cell.kind == "value" and cell.ink is not None:
            assert cell.entry in truth.struck
            assert {line.ink for line in cell.lines} == {"red"}
            x0, y0, x1, y1 = (round(value) for value in cell.ink.as_list())
            darkest = pixels[y0:y1, x0:x1].reshape(-1, 3).astype(int)
            darkest = darkest[darkest.sum(axis=1).argsort()[:20]]
            assert (darkest[:, 0] - darkest[:, 2] > 60).all()
    notes = [cell for cell in truth.cells if cell.field == "notes" and cell.entry in truth.struck]
    assert all(cell.lines[-1].ink == "red" for cell in notes)


def test_numbers_have_the_right_shape_and_check_digit() -> None:
    for seed in range(40):
        household = invent_page("household_registration", "tohon", 6, np.random.default_rng(seed))
        household_number.validate(household.fields["household_number"])
        for entry in household.entries:
            national_id.validate(entry["national_id"])
            assert (entry["national_id"][1] == "1") == (entry["sex"] == "男")


def test_merged_cells_take_several_rows_or_columns() -> None:
    _, book = drawn("household_registration", "tohon")
    merged = next(cell for cell in book.cells if cell.text == "父母")
    assert (merged.kind, merged.row_span) == ("label", 2)
    _, sheet = drawn("registration_application", "marriage")
    assert max(cell.col_span for cell in sheet.cells) > 1
    assert [entry["name"] for entry in sheet.entries] == [
        cell.text for cell in sheet.cells if cell.field == "name" and cell.kind == "value"
    ]


def test_a_standard_page_says_the_same_at_every_severity() -> None:
    pages = [standard_page("registration_application", TUNING_SEEDS[0], severity) for severity in (0, 2)]
    assert pages[0].truth.entries == pages[1].truth.entries
    assert pages[0].truth.file == "registration_application-2000-0.jpg"
    assert pages[1].truth.knobs["blur"] == 2
    assert not set(STANDARD_SEEDS) & set(TUNING_SEEDS)


def test_a_series_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="the series are colonial_register"):
        draw_page(PageSpec(series="plain_pages"), np.random.default_rng(1))
