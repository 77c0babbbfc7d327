"""Bare text is scored by what stands in it anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pages.edit_distance import edit_distance
from bench.pipeline.score_text import character_errors, distance_to_passage

TRUTH = {"household": {"head": "陳阿水"}, "entries": [{"name": "林氏阿妹", "notes": ""}]}


@pytest.mark.parametrize(
    ("text", "errors"),
    [("戶主\n陳 阿水姓名林氏\n阿妹", 0), ("陳阿永林氏阿妹", 1), ("林氏阿妹", 2), ("", 7)],
)
def test_each_value_is_compared_with_the_passage_nearest_to_it(text: str, errors: int) -> None:
    """阿 of the other name is the nearest there is to 陳阿水 where it was not read."""
    assert character_errors(TRUTH, text) == (errors, 7)


@given(st.text("甲乙丙", max_size=4), st.text("甲乙丙", max_size=6))
def test_the_distance_is_that_to_the_best_of_all_passages(value: str, text: str) -> None:
    ends = range(len(text) + 1)
    passages = {text[start:end] for start in ends for end in ends if start <= end}
    assert distance_to_passage(value, text) == min(edit_distance(one, value) for one in passages)
