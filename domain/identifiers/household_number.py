"""戶號: eight characters, the county letter first.

Source: 戶籍登記簿 and 戶口名簿 as printed; no check digit is known.
"""

import re
from dataclasses import dataclass

from domain.identifiers.compact import compact
from domain.identifiers.county_letters import county_letters
from domain.identifiers.invalid import InvalidIdentifier

_FORM = re.compile(r"[A-Z][A-Z0-9]{7}\Z")


@dataclass(frozen=True, slots=True)
class HouseholdNumber:
    """A household's number and the county that gave it."""

    number: str
    county: str


def parse(text: str) -> HouseholdNumber:
    """The number in any width and case, blanks and hyphens ignored.

    Raises:
        InvalidIdentifier: it is not eight characters with a letter first.
    """
    number = compact(text).replace("-", "")
    if not _FORM.match(number):
        raise InvalidIdentifier(
            "戶號須為八碼，第一碼為縣市英文字母，其餘為數字或字母。",
            "A household number has eight characters, the county letter first.",
        )
    return HouseholdNumber(number, county_letters()[number[0]].county)


def validate(text: str) -> None:
    """Do nothing if the text is such a number.

    Raises:
        InvalidIdentifier: it is not.
    """
    parse(text)


def format(parsed: HouseholdNumber) -> str:
    """Eight characters without blanks."""
    return parsed.number
