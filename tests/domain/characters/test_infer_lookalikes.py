"""Lookalikes are offered from their neighbours, and left alone without."""

import pytest

from domain.characters import infer_lookalikes


@pytest.mark.parametrize(
    ("read", "offered"),
    [
        ("前戶主死亡二因リ戶主相續", "前戶主死亡ニ因リ戶主相續"),
        ("士林庄三リ轉籍", "士林庄ヨリ轉籍"),
        ("三番地八寄留", "三番地ヘ寄留"),
        ("大正ニ年ハ月婚姻入戶", "大正二年八月婚姻入戶"),
        ("卜婚姻", "ト婚姻"),
        ("轉籍シ夕リ", "轉籍シタリ"),
        ("大エ", "大工"),
    ],
)
def test_the_neighbours_speak_for_another_reading(read: str, offered: str) -> None:
    found = infer_lookalikes(read)
    assert found is not None
    assert found.text == offered
    assert all(read[place] == one and offered[place] == other for place, one, other in found.changes)


@pytest.mark.parametrize(
    "text", ["昭和八年二月三日死亡", "三番地ヘ寄留", "士林庄ヨリ轉籍", "農業", "戶口", "人力車", ""]
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert infer_lookalikes(text) is None


def test_the_reason_names_each_change_once() -> None:
    found = infer_lookalikes("二因リ二因リ")
    assert found is not None
    assert found.reason == "二→ニ"
