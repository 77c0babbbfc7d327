"""Known kinship terms: evidence, never a correction."""

import pytest

from domain.kinship import known_order, known_relation


@pytest.mark.parametrize(
    "text",
    ["戶主", "戸主", "妻", "長男", "二女", "媳婦仔", "螟蛉子", "過房子", "招夫", "養女", "弟ノ長男",
     "長男ノ長男ノ妻", "弟妻", "孫婦", "妻ノ母", "同居寄留人", "庶子男", "戶長"],
)  # fmt: skip
def test_terms_and_what_is_made_of_them_are_known(text: str) -> None:
    assert known_relation(text)


@pytest.mark.parametrize("text", ["媳婦子", "長另", "林阿水", "ノ妻", "妻ノ", "", "螟岭子"])
def test_other_texts_are_not_known(text: str) -> None:
    """媳婦子 is 媳婦仔 misread: it must not pass for a compound."""
    assert not known_relation(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("長男", True),
        ("庶子男", True),
        ("三", True),
        ("二女", True),
        ("戶主", False),
        ("長另", False),
        ("", False),
    ],
)
def test_orders_of_birth(text: str, known: bool) -> None:
    assert known_order(text) is known
