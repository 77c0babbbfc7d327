"""A cursor comes back as it went out, or is refused; never an error of ours."""

import base64
import json
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.http.cursors import decode_cursor, encode_cursor
from access.http.problems import Invalid

ROW = uuid.UUID("01900000-0000-7000-8000-000000000001")


def test_values_come_back_and_kinds_are_read_out_of_them() -> None:
    cursor = encode_cursor(0.25, ROW)
    assert decode_cursor(cursor) == [0.25, str(ROW)]
    assert decode_cursor(cursor, float, uuid.UUID) == [0.25, ROW]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "[" * 400,
        "A" * 100_000,
        base64.urlsafe_b64encode(b"[]").decode(),
        base64.urlsafe_b64encode(json.dumps([str(ROW)]).encode()).decode(),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ],
)
def test_what_was_never_issued_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(cursor)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 40), letter=st.sampled_from("ABCxyz019-_=%"))
def test_a_cursor_with_a_letter_changed_is_refused(at: int, letter: str) -> None:
    cursor = encode_cursor(str(ROW))
    changed = cursor[:at] + letter + cursor[at + 1 :]
    if changed != cursor:
        with pytest.raises(Invalid):
            decode_cursor(changed)


@pytest.mark.parametrize("kinds", [(uuid.UUID,), (int,), (str, str)])
def test_a_cursor_of_another_listing_is_refused(kinds: tuple[type, ...]) -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor("0001冊"), *kinds)
