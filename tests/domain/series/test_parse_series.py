"""A wrong series file is refused with every defect at once."""

import pytest

from domain.series import InvalidSeries, parse_series

GOOD = """
key = "seals"
title = "印鑑"
english = "Seal records"
source = "a test"
direction = "horizontal"
open_ended = false
retention_years = 10
[layout]
unit = "person"
persons_along = "pages"
ruled = false
bands = ["holder"]
[[fields]]
key = "holder"
level = "person"
kind = "name"
labels = ["持有人", "姓名"]
english = "Holder"
masked = false
"""


def defects_of(text: str) -> tuple[str, ...]:
    with pytest.raises(InvalidSeries) as caught:
        parse_series(text)
    return caught.value.defects


def test_a_good_file_is_read_whole() -> None:
    series = parse_series(GOOD)
    assert (series.key, series.title, series.retention_years) == ("seals", "印鑑", 10)
    assert not series.permanent
    assert series.layout.bands == ("holder",)
    assert series.fields[0].labels == ("持有人", "姓名")
    assert series.fields_at("household") == ()


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('key = "seals"', 'key = "Seals"', "series: key"),
        ('title = "印鑑"', 'title = " "', "series: title"),
        ('direction = "horizontal"', 'direction = "down"', "vertical, horizontal"),
        ("open_ended = false", 'open_ended = "no"', "open_ended"),
        ("retention_years = 10", "retention_years = true", "retention_years"),
        ("retention_years = 10", "retention = 10", "unknown key 'retention'"),
        ('unit = "person"', 'unit = "book"', "layout: unit"),
        ("ruled = false", "", "layout: ruled"),
        ('bands = ["holder"]', 'bands = ["owner"]', "'owner', which is no field"),
        ('bands = ["holder"]', "", "layout: bands"),
        ('level = "person"', 'level = "page"', "level"),
        ('kind = "name"', 'kind = "number"', "kind"),
        ('labels = ["持有人", "姓名"]', "labels = []", "labels must list"),
        ('labels = ["持有人", "姓名"]', 'labels = ["姓 名"]', "no blanks"),
        ('labels = ["持有人", "姓名"]', 'labels = ["姓名", "姓名"]', "names 2 fields"),
        ("masked = false", "", "masked"),
        ('english = "Holder"', "english = 3", "english"),
    ],
)
def test_each_defect_is_named(old: str, new: str, part: str) -> None:
    assert any(part in defect for defect in defects_of(GOOD.replace(old, new, 1)))


def test_all_defects_are_named_at_once() -> None:
    text = (
        GOOD.replace('"horizontal"', '"down"')
        .replace('"name"', '"number"')
        .replace('"person"\nkind', '"x"\nkind')
    )
    assert len(defects_of(text)) == 3


def test_a_repeated_field_key_is_refused() -> None:
    field = GOOD[GOOD.index("[[fields]]") :].replace("持有人", "甲").replace("姓名", "乙")
    assert defects_of(GOOD + field) == ("field key 'holder' occurs 2 times",)


def test_no_fields_and_no_layout_are_refused() -> None:
    assert len(defects_of(GOOD[: GOOD.index("[layout]")])) == 2


def test_text_that_is_not_toml_is_refused() -> None:
    assert defects_of("key = ")[0].startswith("not TOML")


FORM = """
[[forms]]
key = "card"
title = "印鑑卡"
english = "Seal card"
titles = ["印鑑卡", "印鑑登記卡"]
labels = ["持有人"]
parties = [["甲方"], ["乙方"]]
"""


def test_forms_limits_and_values_are_read() -> None:
    text = GOOD.replace("[layout]", "[quality]\nskew_flag = 3\n[layout]") + 'values = ["甲", "乙"]\n' + FORM
    series = parse_series(text, {"skew_flag"})
    assert series.quality == {"skew_flag": 3.0}
    assert series.fields[0].values == ("甲", "乙")
    assert series.forms[0].titles == ("印鑑卡", "印鑑登記卡")
    assert series.forms[0].parties == (("甲方",), ("乙方",))
    assert series.source == "a test"


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('key = "card"', 'key = "1"', "form 1 (1): key"),
        ('labels = ["持有人"]', 'labels = ["地址"]', "'地址' names no field"),
        ('labels = ["持有人"]', "labels = []", "labels must list what is printed"),
        ('titles = ["印鑑卡", "印鑑登記卡"]', "", "titles must list what is printed"),
        ('english = "Seal card"', 'english = ""', "english"),
        ('parties = [["甲方"], ["乙方"]]', 'parties = [["甲方"], ["甲方"]]', "names 2 parties"),
        ('parties = [["甲方"], ["乙方"]]', 'parties = ["甲方"]', "parties must list"),
        ('key = "card"', 'key = "card"\nsize = 3', "unknown key 'size'"),
    ],
)
def test_each_defect_of_a_form_is_named(old: str, new: str, part: str) -> None:
    assert any(part in defect for defect in defects_of(GOOD + FORM.replace(old, new, 1)))


def test_a_form_key_twice_is_refused() -> None:
    assert defects_of(GOOD + FORM + FORM) == ("form key 'card' occurs 2 times",)


def test_limits_bear_known_names_and_numbers() -> None:
    text = GOOD.replace("[layout]", '[quality]\nskew = 3\nskew_flag = "3"\nfold_flag = inf\n[layout]')
    with pytest.raises(InvalidSeries) as caught:
        parse_series(text, {"skew_flag", "fold_flag"})
    assert caught.value.defects == (
        "quality: unknown threshold 'skew'; there are fold_flag, skew_flag",
        "quality: skew_flag must be a number",
        "quality: fold_flag must be finite; 1e9, or -1e9 where less is worse, is never reached",
    )


def test_a_label_that_two_fields_claim_in_different_characters_is_refused() -> None:
    field = GOOD[GOOD.index("[[fields]]") :].replace('"holder"', '"head"')
    text = GOOD.replace('"持有人", "姓名"', '"戶主"') + field.replace('"持有人", "姓名"', '"戸主"')
    assert any("'戶主' of holder, '戸主' of head" in defect for defect in defects_of(text))


DEEP = 3000


@pytest.mark.parametrize(
    "text",
    [
        "a=" + "[" * DEEP,
        "a=" + "[" * DEEP + "]" * DEEP,
        "a=" + "{a=" * DEEP + "1" + "}" * DEEP,
        ".".join(["a"] * DEEP) + "=1",
        GOOD.replace('bands = ["holder"]', "bands = " + "[" * 400 + "]" * 400),
        GOOD.replace("retention_years = 10", "retention_years = 1" + "0" * 5000),
        GOOD.replace("retention_years = 10", "retention_years = 1" + "0" * 400),
        GOOD + "[quality]\nppi_flag = 1" + "0" * 400,
        GOOD + "[quality]\nppi_flag = 1" + "0" * 5000,
        GOOD.replace('bands = ["holder"]', 'bands = [["x"], {a=1}]'),
    ],
    ids=lambda text: text[-20:],
)
def test_no_text_however_hostile_is_more_than_wrong(text: str) -> None:
    assert defects_of(text)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('"姓名"]', '"()"]', "neither letters nor digits"),
        ('"姓名"]', '"姓\\u0000名"]', "control character"),
        ('"姓名"]', f'"{"戶" * 100}"]', "100 characters"),
        ('title = "印鑑"', 'title = "\\u001b[31m印鑑"', "control character"),
        ('title = "印鑑"', f'title = "{"印" * 100_000}"', "100,000 characters"),
        ('key = "holder"', 'key = "page"', "choose another"),
        ('key = "holder"', 'key = "volume"', "choose another"),
    ],
)
def test_what_no_screen_nor_form_can_hold_is_named(old: str, new: str, part: str) -> None:
    defects = defects_of(GOOD.replace(old, new, 1))
    assert any(part in defect for defect in defects)
    assert not any(character in "".join(defects) for character in "\x00\x1b")


def test_a_limit_below_0_is_refused_unless_it_is_never_reached() -> None:
    (defect,) = defects_of(GOOD + "[quality]\nppi_flag = -300")
    assert "below 0" in defect
    assert parse_series(GOOD + "[quality]\nppi_flag = -1e9").quality == {"ppi_flag": -1e9}
