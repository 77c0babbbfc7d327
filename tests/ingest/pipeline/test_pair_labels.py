"""Horizontal forms: pairs, parties, tables; which printed form a page is."""

from collections.abc import Sequence

import pytest

from domain.series import load_series
from ingest.pipeline.assign_fields import assign_fields
from ingest.pipeline.choose_form import choose_form
from ingest.pipeline.read_cells import WrittenCell
from tests.ingest.pipeline.written import form, written

SERIES = load_series("registration_application")
Texts = dict[str, str]


def told(cells: Sequence[WrittenCell]) -> tuple[str | None, Texts, list[Texts]]:
    found = assign_fields(cells, SERIES)
    assert found is not None

    def texts(fields: dict[str, tuple[int, ...]]) -> Texts:
        return {key: "".join(cells[place].text for place in places) for key, places in fields.items()}

    return found.form, texts(found.household), [texts(person) for person in found.persons]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_pairs_are_read_in_any_order(order: tuple[int, ...]) -> None:
    rows = [
        ["出生者姓名", "林美玲", "性別", "女"],
        ["出生日期", "民國九十年一月二日", "父姓名", "林志明"],
        ["申請人", "林志明", "登記日期", "民國九十年一月五日"],
    ]
    key, household, persons = told(form([rows[place] for place in order]))
    assert key == "birth"
    assert household == {"applicant": "林志明", "registered_on": "民國九十年一月五日"}
    assert persons == [
        {"name": "林美玲", "sex": "女", "birth_date": "民國九十年一月二日", "father": "林志明"}
    ]


def test_a_kinship_term_after_its_label_is_a_value() -> None:
    """父 is a label of the series too; here it is the applicant's relation."""
    _, household, persons = told(
        form([["出生者姓名", "林美玲", "與當事人關係", "父"], ["父", "林志明", "母", "陳芬"]])
    )
    assert household == {"applicant_relation": "父"}
    assert persons == [{"name": "林美玲", "father": "林志明", "mother": "陳芬"}]


def test_a_misread_label_is_known_in_its_column_and_an_ambiguous_one_nowhere() -> None:
    """死亡地黠 has one character wrong; 毋姓名 might be the father's or the mother's, and is left alone."""
    _, household, persons = told(
        form(
            [
                ["死亡者姓名", "黃阿水", "死亡日期", "民國八十年一月三日"],
                ["死亡地黠", "臺北市", "死亡原因", "肺炎"],
                ["毋姓名", "王玉", "登記日期", "民國八十年二月三日"],
            ]
        )
    )
    assert persons[0]["death_place"] == "臺北市"
    assert "father" not in persons[0]
    assert household == {"registered_on": "民國八十年二月三日"}


def test_a_label_that_the_series_has_not_ends_a_value() -> None:
    _, _, persons = told(form([["死亡者姓名", "黃阿水", "車牌號碼欄", "某某某某"]]) + EXTRA)
    assert persons[0]["name"] == "黃阿水"


EXTRA = [
    written("死亡日期", (3, 103, 97, 197)),
    written("民國八十年一月三日", (103, 103, 197, 197)),
    written("死亡原因", (203, 103, 297, 197)),
    written("肺炎", (303, 103, 397, 197)),
]


def test_boxes_of_one_value_are_joined() -> None:
    """A number written digit by digit, each in its box."""
    boxes = [written(glyph, (203 + 40 * place, 3, 237 + 40 * place, 97)) for place, glyph in enumerate("A12")]
    cells = [
        written("統一編號", (3, 3, 197, 97)),
        *boxes,
        written("死亡者姓名", (3, 103, 197, 197)),
        written("黃阿水", (203, 103, 397, 197)),
        written("死亡日期", (3, 203, 197, 297)),
        written("民國八十年一月三日", (203, 203, 397, 297)),
    ]
    assert told(cells)[2][0]["national_id"] == "A12"


def test_parties_stand_under_their_headings() -> None:
    """Where a party has nothing written, the other's value is not taken for it."""
    key, household, persons = told(
        form(
            [
                ["", "夫", "妻"],
                ["姓名", "王大明", "陳麗華"],
                ["結婚日期", "民國七十年十月十日", ""],
                ["父姓名", "", "陳添丁"],
            ]
        )
    )
    assert key == "marriage"
    assert household == {"married_on": "民國七十年十月十日"}
    assert persons == [{"name": "王大明"}, {"name": "陳麗華", "father": "陳添丁"}]


def test_a_label_may_name_its_party() -> None:
    _, _, persons = told(
        form(
            [
                ["夫姓名", "王大明", "妻姓名", "陳麗華"],
                ["離婚日期", "民國七十年一月一日", "離婚方式", "兩願離婚"],
            ]
        )
    )
    assert persons == [{"name": "王大明"}, {"name": "陳麗華"}]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (["死亡登記申請書"], "death"),
        (["中華民國", "出生登記"], "birth"),
        (["結婚日期", "姓名"], "marriage"),
        (["姓名", "出生日期"], None),
        ([], None),
    ],
)
def test_the_form_is_told_by_title_or_labels(texts: list[str], key: str | None) -> None:
    found = choose_form(texts, SERIES)
    assert (found.key if found else None) == key


def test_a_page_of_figures_is_no_application() -> None:
    assert assign_fields(form([["科目", "員數"], ["內科", "885"]]), SERIES) is None


def test_a_book_of_a_series_that_reads_across_is_read_from_the_right() -> None:
    """The labels stand right of the writing; the household's value stands below its label."""
    series = load_series("initial_registration_application")
    cells = form(
        [
            ["妻", "戶長", "稱謂", "戶長"],
            ["林王氏招", "林阿福", "姓名", "林阿福"],
            ["女", "男", "性別", ""],
            ["民前八年", "民前十二年", "出生年月日", ""],
        ]
    )
    found = assign_fields(cells, series)
    assert found is not None
    assert [cells[person["name"][0]].text for person in found.persons] == ["林阿福", "林王氏招"]
    assert [cells[place].text for place in found.household["head"]] == ["林阿福"]


def test_names_are_read_beside_their_own_label_where_the_headings_are_misread() -> None:
    """離婚人 names the parties too; 妨 (女方) beside it is a heading misread, and no name."""
    key, _, persons = told(
        form(
            [
                ["離婚人", "男", "妨"],
                ["姓名", "林志明", "陳美玲"],
                ["出生日期", "民國六十年一月二日", "民國六十一年三月四日"],
                ["離婚日期", "民國八十年一月一日", ""],
            ]
        )
    )
    assert key == "divorce"
    assert [person["name"] for person in persons] == ["林志明", "陳美玲"]


def test_a_blank_form_names_nobody() -> None:
    """One party below the other: the labels of the second are no values of the first."""
    rows = [
        ["申請類別", "", "離婚日期", "", ""],
        ["離婚方式", "", "證人一", "", ""],
        ["男方", "姓名", "", "出生日期", ""],
        ["女方", "姓名", "", "出生日期", ""],
    ]
    assert told(form(rows)) == ("divorce", {}, [])
