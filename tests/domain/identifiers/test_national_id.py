"""國民身分證統一編號 and resident numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import InvalidIdentifier, national_id
from domain.identifiers.county_letters import county_letters


@pytest.mark.parametrize(
    ("text", "holder", "county", "sex"),
    [
        ("A123456789", "citizen", "臺北市", "male"),
        ("ａ１２３４５６７８９", "citizen", "臺北市", "male"),
        (" a-123 456-789", "citizen", "臺北市", "male"),
        ("A800000014", "resident", "臺北市", "male"),
        ("AA00000009", "resident_before_2021", "臺北市", "male"),
    ],
)
def test_a_number_that_may_have_been_given(text: str, holder: str, county: str, sex: str) -> None:
    parsed = national_id.parse(text)
    assert (parsed.holder, parsed.county, parsed.sex) == (holder, county, sex)
    assert national_id.parse(national_id.format(parsed)) == parsed


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A123456788", "check digit"),
        ("A323456789", "second place"),
        ("A12345678", "nine digits"),
        ("1123456789", "nine digits"),
        ("AE00000009", "nine digits"),
        ("", "nine digits"),
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(text: str, part: str) -> None:
    with pytest.raises(InvalidIdentifier, match=part) as caught:
        national_id.validate(text)
    assert not text or text not in str(caught.value)


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.sampled_from("1289"), st.from_regex(r"\A[0-9]{7}\Z"))
def test_one_check_digit_in_ten_fits_and_any_single_slip_shows(letter: str, second: str, serial: str) -> None:
    fitting = []
    for check in "0123456789":
        try:
            fitting.append(national_id.parse(f"{letter}{second}{serial}{check}").number)
        except InvalidIdentifier:
            continue
    assert len(fitting) == 1
    number = fitting[0]
    slipped = number[:8] + str((int(number[8]) + 1) % 10) + number[9:]
    with pytest.raises(InvalidIdentifier):
        national_id.validate(slipped)


def test_every_letter_has_its_own_value() -> None:
    letters = county_letters()
    assert set(letters) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert sorted(one.value for one in letters.values()) == list(range(10, 36))
