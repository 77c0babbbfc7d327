"""國民身分證統一編號 and the numbers of foreign residents (統一證號).

Source: the numbering rule of the 內政部: a county letter, 1 or 2 (male, female), seven digits, a check
digit; the letter counts as two digits, weights 1 9 8 7 6 5 4 3 2 1 1, and the sum is a multiple of ten.
Foreign residents: 8 or 9 in the second place since 2021-01-02 (內政部移民署); before that two letters,
the second A to D.
"""

import re
from dataclasses import dataclass
from typing import Literal

from domain.identifiers.compact import compact
from domain.identifiers.county_letters import county_letters
from domain.identifiers.invalid import InvalidIdentifier

Holder = Literal["citizen", "resident", "resident_before_2021"]

_FORM = re.compile(r"[A-Z][A-D0-9][0-9]{8}\Z")
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_MALE = "18AC"
_FEMALE = "29BD"


@dataclass(frozen=True, slots=True)
class NationalId:
    """A number that may have been given: ten characters, its check digit right."""

    number: str
    holder: Holder
    county: str
    sex: Literal["male", "female"]


def parse(text: str) -> NationalId:
    """The number in any width and case, blanks and hyphens ignored.

    Raises:
        InvalidIdentifier: its form, second place or check digit is wrong.
    """
    number = compact(text).replace("-", "")
    if not _FORM.match(number):
        raise InvalidIdentifier(
            "統一編號須為一個英文字母加九位數字（舊式統一證號為兩個字母加八位數字）。",
            "The number has to be a letter and nine digits (former resident numbers: two letters and eight).",
        )
    if number[1] not in _MALE + _FEMALE:
        raise InvalidIdentifier(
            "統一編號第二碼須為1、2（國民）、8、9或A至D（外來人口）。",
            "The second place has to be 1 or 2 (citizens), 8, 9 or A to D (residents).",
        )
    if _sum(number) % 10:
        raise InvalidIdentifier(
            "統一編號檢查碼不符，請核對各碼。", "The check digit does not fit; compare each place."
        )
    sex: Literal["male", "female"] = "male" if number[1] in _MALE else "female"
    return NationalId(number, _holder(number[1]), county_letters()[number[0]].county, sex)


def validate(text: str) -> None:
    """Do nothing if the text is such a number.

    Raises:
        InvalidIdentifier: it is not.
    """
    parse(text)


def format(parsed: NationalId) -> str:
    """Ten characters without blanks."""
    return parsed.number


def _holder(second: str) -> Holder:
    if second in "12":
        return "citizen"
    return "resident" if second in "89" else "resident_before_2021"


def _sum(number: str) -> int:
    second = number[1] if number[1].isdigit() else str(county_letters()[number[1]].value % 10)
    digits = f"{county_letters()[number[0]].value}{second}{number[2:]}"
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
