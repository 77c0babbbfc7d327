"""Surnames found at the head of names; the name stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.surnames import split_name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("林阿水", ("林", "", "阿水")),
        ("黄氏阿妹", ("黄", "", "阿妹")),
        ("林王氏招", ("林", "王", "招")),
        ("歐陽修", ("歐陽", "", "修")),
        ("張簡水木", ("張簡", "", "水木")),
        ("佐藤一郎", ("佐藤", "", "一郎")),
        ("阿水", ("", "", "阿水")),
    ],
)
def test_the_surname_is_told_from_the_rest(text: str, parts: tuple[str, str, str]) -> None:
    name = split_name(text)
    assert (name.surname, name.own, name.given) == parts
    assert name.written == text
    assert name.known is bool(parts[0])


def test_a_surname_alone_is_no_known_name() -> None:
    assert not split_name("陳").known


@given(st.text(alphabet="林王氏阿水欧陽■ ・", max_size=6))
def test_any_text_is_taken_and_kept(text: str) -> None:
    assert split_name(text).written == text
