"""Names matched as asked, nearest rule first; tokens that never lose a match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.characters import Match, Rule, matches, query_tokens, tokens

names = st.text(alphabet="陳林黄黃台臺明雄■□⿰女a𠮷", max_size=7)
patterns = st.text(alphabet="陳林黄黃台臺明雄■□?*？＊⿰女A𠮷 ", max_size=7)


@pytest.mark.parametrize(
    ("pattern", "written", "rule"),
    [
        ("陳大明", "陳大明", Rule.EXACT),
        ("陳 大明", "陳大明", Rule.EXACT),
        ("黃台生", "黄臺生", Rule.VARIANT),
        ("陳?明", "陳大明", Rule.WILDCARD),
        ("陳*", "陳大明", Rule.WILDCARD),
        ("＊明", "陳大明", Rule.WILDCARD),
        ("陳*大明", "陳大明", Rule.WILDCARD),
        ("*", "", Rule.WILDCARD),
        ("陳■明", "陳大明", Rule.UNREADABLE),
        ("陳大明", "陳■明", Rule.UNREADABLE),
        ("陳大明", "陳□明", Rule.UNREADABLE),
        ("黃?", "黄■", Rule.UNREADABLE),
        ("陳?", "陳⿰女夭", Rule.WILDCARD),
        ("陳⿰女夭", "陳⿰女夭", Rule.EXACT),
        ("", "", Rule.EXACT),
    ],
)
def test_the_rule_that_matched(pattern: str, written: str, rule: Rule) -> None:
    match = matches(pattern, written)
    assert match is not None
    assert match.rule is rule


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("陳大明", "陳大"),
        ("陳大", "陳大明"),
        ("余大明", "餘大明"),
        ("陳?", "陳大明"),
        ("陳*林", "陳大明"),
        ("陳?明", "陳明"),
        ("陳■明", "陳明"),
        ("", "陳"),
    ],
)
def test_what_does_not_match(pattern: str, written: str) -> None:
    assert matches(pattern, written) is None


def test_the_user_is_told_which_variants_were_met() -> None:
    assert matches("黃台生", "黄臺生") == Match(Rule.VARIANT, (("黃", "黄"), ("台", "臺")))
    assert Rule.VARIANT.label == "variant"


def test_the_nearest_of_several_ways_is_told() -> None:
    match = matches("*台*", "臺台")
    assert match == Match(Rule.WILDCARD, ())


@given(names)
def test_a_name_matches_itself(name: str) -> None:
    match = matches(name, name)
    assert match is not None
    assert match.rule in (Rule.EXACT, Rule.UNREADABLE)


@given(patterns, names)
def test_tokens_never_lose_a_match(pattern: str, name: str) -> None:
    if matches(pattern, name):
        assert query_tokens(pattern).admits(tokens(name))
        if "■" not in name and "□" not in name:
            assert query_tokens(pattern).read <= tokens(name)


@given(st.text(alphabet="陳林黄台雄a𠮷", max_size=7), st.data())
def test_a_name_is_found_whatever_either_side_could_not_read(name: str, data: st.DataObject) -> None:
    asked = "".join(data.draw(st.sampled_from([letter, "■", "?"])) for letter in name)
    stored = "".join(data.draw(st.sampled_from([letter, "■", "□"])) for letter in name)
    assert matches(asked, stored)
    assert query_tokens(asked).admits(tokens(stored))


def test_tokens_as_they_are_kept() -> None:
    assert tokens("陳⿰女夭") == {
        "c陳",
        "cx2ff0x5973x592d",
        "b陳x2ff0x5973x592d",
        "p1陳",
        "p2x2ff0x5973x592d",
        "n2",
    }
    assert tokens("陳■明") == {"c陳", "c明", "p1陳", "p3明", "n3", "u"}
    assert tokens("") == {"n0"}


def test_query_tokens_of_each_arm() -> None:
    asked = query_tokens("陳?明*雄")
    assert asked.read == {"c陳", "c明", "c雄", "p1陳", "p3明"}
    assert asked.unread == {"u"}
    assert query_tokens("陳明").read == {"c陳", "c明", "b陳明", "p1陳", "p2明", "n2"}
    assert query_tokens("陳明").unread == {"u", "n2"}


def test_tokens_narrow() -> None:
    assert not query_tokens("陳大明").admits(tokens("陳小明"))
    assert not query_tokens("陳大明").admits(tokens("陳■"))
    assert query_tokens("陳大明").admits(tokens("林■■"))


@given(names)
def test_tokens_are_letters_and_digits(name: str) -> None:
    assert all(token.isalnum() for token in tokens(name))
