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
