"""Search keys fold variants, and keep apart what names must keep apart."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.characters import fold, units

SAME = "台臺黃黄真眞吳吴吳呉溫温峰峯群羣沢澤辺邊劉刘陳陈鄭郑國国廣広德徳啟啓高髙崎﨑島嶋吉𠮷戶戸"
APART = "余餘游遊于於范範葉叶鍾鐘薑姜丘邱玟玫彬斌后後"


def pairs(row: str) -> list[str]:
    return [row[index : index + 2] for index in range(0, len(row), 2)]


def rows(name: str) -> list[list[str]]:
    text = files("domain.characters").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("pair", pairs(SAME))
def test_variants_fold_to_one(pair: str) -> None:
    assert fold(pair[0]) == fold(pair[1])


@pytest.mark.parametrize("pair", [*pairs(APART), *("".join(row) for row in rows("apart.tsv"))])
def test_what_must_stay_apart_does(pair: str) -> None:
    assert fold(pair[0]) != fold(pair[1])


def test_the_table_names_each_character_once_and_folds_in_one_step() -> None:
    table = rows("variants.tsv")
    letters = [row[0] for row in table]
    assert len(set(letters)) == len(letters) > 6000
    assert not set(letters) & {row[1] for row in table}
    assert all(len(row[0]) == len(row[1]) == 1 and set(row[2]) <= set("zsmr") for row in table)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" 陳　大 明", "陳大明"),
        ("陳󠄀大明", "陳大明"),
        ("ＡＢ１", "ab1"),
        ("⼥", "女"),
        ("□■", "■■"),
        ("", ""),
    ],
)
def test_blanks_widths_and_selectors(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "count"),
    [("陳⿰女夭明", 3), ("⿱⿰木木火", 1), ("⿲彳山攵", 1), ("⿰女", 2), ("𠮷田", 2), ("陳 明", 2)],
)
def test_a_description_is_one_unit(text: str, count: int) -> None:
    assert len(units(text)) == count


@given(st.text(max_size=12))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(units(fold(text))) == len(units(text))
