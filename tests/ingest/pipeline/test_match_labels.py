"""Labels are matched with the series."""

from hypothesis import given
from hypothesis import strategies as st

from domain.series import load_series
from ingest.pipeline.match_labels import edits, likeness, match_labels

SERIES = load_series("colonial_register")
TEXT = st.text(alphabet="姓名父母出生年月日", max_size=6)


def test_a_label_is_its_field() -> None:
    """With blanks, and through an engine's other readings too."""
    assert match_labels(["出 生 別"], SERIES)[0].field.key == "birth_order"
    assert match_labels(["出生列", "出生別"], SERIES)[0].field.key == "birth_order"
    assert match_labels(["農業"], SERIES)[0].likeness == 0.5
    assert match_labels(["陳大明"], SERIES) == ()


def test_short_labels_are_matched_whole() -> None:
    """父 is not 母."""
    assert match_labels(["父"], SERIES)[0].field.key == "father"
    assert match_labels(["兄"], SERIES) == ()


@given(one=TEXT, other=TEXT, third=TEXT)
def test_edits_are_a_distance(one: str, other: str, third: str) -> None:
    """Nothing for the same text, the same both ways, and no detour is shorter."""
    assert (edits(one, other) == 0) == (one == other)
    assert edits(one, other) == edits(other, one)
    assert edits(one, third) <= edits(one, other) + edits(other, third)
    assert 0 <= likeness(one, other) <= 1
