"""The printed labels decide what a cell holds."""

from collections.abc import Sequence

import pytest

from domain.series import load_series
from ingest.pipeline.assign_fields import assign_fields
from ingest.pipeline.read_cells import WrittenCell
from tests.ingest.pipeline.written import form, written

SERIES = load_series("colonial_register")


def told(cells: Sequence[WrittenCell]) -> tuple[dict[str, str], list[dict[str, str]]]:
    found = assign_fields(cells, SERIES)
    assert found is not None

    def texts(fields: dict[str, tuple[int, ...]]) -> dict[str, str]:
        return {key: "".join(cells[place].text for place in places) for key, places in fields.items()}

    return texts(found.household), [texts(person) for person in found.persons]


def test_persons_are_columns_right_to_left() -> None:
    """A column of labels at the right edge names the rows; blank cells give no value, blank columns no
    person."""
    _, persons = told(
        form([["", "陳氏玉", "林阿福", "姓名"], ["", "妻", "戶主", "續柄"], ["", "", "農", "職業"]])
    )
    assert persons == [
        {"name": "林阿福", "relation": "戶主", "occupation": "農"},
        {"name": "陳氏玉", "relation": "妻"},
    ]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)])
def test_any_order_of_rows_is_read(order: tuple[int, ...]) -> None:
    """So is a form that lacks a row or has one the series does not know."""
    rows = [["林阿福", "氏名"], ["戶主", "続柄"], ["明治三年", "生年月日"], ["甲", "檢印欄"]]
    _, persons = told(form([rows[place] for place in order]))
    assert persons == [{"name": "林阿福", "relation": "戶主", "birth_date": "明治三年"}]


def test_persons_may_be_rows() -> None:
    """A row of labels names the columns."""
    _, persons = told(form([["姓名", "續柄", "父"], ["林阿福", "戶主", "林水"], ["陳氏玉", "妻", "陳土"]]))
    assert persons == [
        {"name": "林阿福", "relation": "戶主", "father": "林水"},
        {"name": "陳氏玉", "relation": "妻", "father": "陳土"},
    ]


def test_kinship_terms_are_no_labels() -> None:
    """父 and 母 stand as values beside each other; 戶主 as a value is not the household's label."""
    _, persons = told(
        form(
            [
                ["王水", "王土", "林阿福", "姓名"],
                ["母", "父", "戶主", "續柄"],
                ["長女", "長男", "次男", "出生別"],
            ]
        )
    )
    assert [person["relation"] for person in persons] == ["戶主", "父", "母"]


def test_a_label_is_known_across_a_misread_character() -> None:
    """In the line of labels, half of a label is enough; a value is never matched so."""
    _, persons = told(
        form([["林阿福", "姓各"], ["戶主", "續柄"], ["明治三年", "出生年曰日"], ["林水", "父"]])
    )
    assert persons == [{"name": "林阿福", "relation": "戶主", "birth_date": "明治三年", "father": "林水"}]


def test_household_fields_stand_below_or_beside_their_labels() -> None:
    """Labels on top at the far right, values below; or labels at the right edge, values left of them."""
    persons = form([["林阿福", "姓名"], ["戶主", "續柄"], ["林水", "父"]])
    below = [
        written("本籍", (303, 3, 397, 97)),
        written("臺北廳一番地", (303, 103, 397, 297)),
        written("戶主", (203, 3, 297, 97)),
        written("林阿福", (203, 103, 297, 297)),
    ]
    beside = [
        written("現住所", (303, 3, 397, 147)),
        written("臺北廳一番地", (203, 3, 297, 147)),
        written("戶主", (303, 153, 397, 297)),
        written("林阿福", (203, 153, 297, 297)),
    ]
    for household in (below, beside):
        assert told([*persons, *household])[0] == {"address": "臺北廳一番地", "head": "林阿福"}


def test_a_page_without_labels_is_no_form() -> None:
    """Two tables of figures name no fields; nor do fields without a name among them."""
    assert assign_fields(form([["科目", "員數"], ["內科", "885"]]), SERIES) is None
    assert assign_fields(form([["林水", "父"], ["王氏", "母"]]), SERIES) is None
