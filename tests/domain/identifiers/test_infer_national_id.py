"""A number that was read with a lookalike in it is offered as it was meant, or not at all."""

from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.identifiers import InvalidIdentifier, national_id
from domain.identifiers.infer_national_id import infer_national_id

PAIRS = [
    tuple(line.split("\t"))
    for line in files("domain.identifiers").joinpath("data", "lookalikes.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
READ_FOR: dict[str, list[str]] = defaultdict(list)
for _read, _meant in PAIRS:
    READ_FOR[_meant].append(_read)


def is_number(text: str) -> bool:
    try:
        national_id.validate(text)
    except InvalidIdentifier:
        return False
    return True


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Numbers of citizens and residents, old and new, with their check digits."""
    start = draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) + draw(st.sampled_from("1289ABCD"))
    start += draw(st.text("0123456789", min_size=7, max_size=7))
    return next(start + check for check in "0123456789" if is_number(start + check))


def neighbours(text: str) -> set[str]:
    """Every number one lookalike away, found by trying each pair; no letter comes in second place."""
    tried = (
        text[:place] + meant + text[place + 1 :]
        for place, letter in enumerate(text)
        for read, meant in PAIRS
        if read == letter and (place != 1 or meant.isdigit())
    )
    return {one for one in tried if is_number(one)}


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("HI23456786", "H123456786", "I→1"),
        ("HI23456780", None, None),
        ("AI23456789", "A123456789", "I→1"),
        ("ai23-456 789", "A123456789", "I→1"),
        ("A12345678S", None, None),
        ("F101B61441", None, None),
        ("A1Z3456789", "A123456789", "Z→2"),
        ("A1234S6789", "A123456789", "S→5"),
        ("A800OO0014", None, None),
        ("A80O000014", "A800000014", "O→0"),
        ("A123456789", None, None),
        ("A123456788", None, None),
        ("", None, None),
        ("王小明", None, None),
    ],
)
def test_one_lookalike_is_offered_otherwise(text: str, number: str | None, reason: str | None) -> None:
    """Not two, not where the check digit does not bear it out, and not where the text is a number."""
    found = infer_national_id(text)
    assert (found and found.number.number, found and found.reason) == (number, reason)


@given(numbers(), st.data())
def test_what_is_offered_is_the_only_number_one_lookalike_away(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 9))
    assume(READ_FOR[number[place]])
    assume(place != 1 or number[place].isdigit())
    text = number[:place] + data.draw(st.sampled_from(READ_FOR[number[place]])) + number[place + 1 :]
    assume(not is_number(text))
    found, near = infer_national_id(text), neighbours(text)
    assert number in near
    if len(near) == 1:
        assert found is not None
        assert found.number.number == number
    else:
        assert found is None


@given(st.text("ABDILOQSZ0123456789", min_size=8, max_size=11))
def test_nothing_else_is_ever_offered(text: str) -> None:
    """Of any text: nothing, or the one number there is, one character from what was read."""
    found = infer_national_id(text)
    assert (
        {found.number.number} == neighbours(text) if found else is_number(text) or len(neighbours(text)) != 1
    )
    if found:
        assert sum(one != other for one, other in zip(text, found.number.number, strict=True)) == 1


@given(numbers())
def test_a_number_is_left_alone(number: str) -> None:
    assert infer_national_id(number) is None
