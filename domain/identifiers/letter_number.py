"""文號: 北市中戶資字第1150001234號.

Source: 文書處理手冊 (行政院): a word for the office and unit, 字第, then since about 2000 the 民國 year
in three digits and a serial number of seven or eight, 號. Older letters carry a bare serial number.
"""

import re
from dataclasses import dataclass

from domain.identifiers.compact import compact
from domain.identifiers.invalid import InvalidIdentifier

_FORM = re.compile(
    r"(?P<word>[^0-9第]{1,20})字第(?P<number>[0-9]{1,12})(?P<tail>[A-Z]?)號(?:之(?P<part>[0-9]{1,3}))?\Z"
)


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A letter's number; `roc_year` is None where the number does not hold one."""

    word: str
    number: str
    roc_year: int | None
    part: int | None = None


def parse(text: str) -> LetterNumber:
    """What a letter's number says, in any width, blanks ignored.

    Raises:
        InvalidIdentifier: it is none.
    """
    found = _FORM.match(compact(text))
    if not found:
        raise InvalidIdentifier(
            "文號須如「北市中戶資字第1150001234號」。",
            "A letter number is written like 北市中戶資字第1150001234號.",
        )
    digits, part = found.group("number"), found.group("part")
    year = int(digits[:3]) if len(digits) in (10, 11) else 0
    return LetterNumber(
        word=found.group("word"),
        number=digits + found.group("tail"),
        roc_year=year or None,
        part=None if part is None else int(part),
    )


def validate(text: str) -> None:
    """Do nothing if the text is such a number.

    Raises:
        InvalidIdentifier: it is not.
    """
    parse(text)


def format(parsed: LetterNumber) -> str:
    """The one even form, without blanks."""
    return f"{parsed.word}字第{parsed.number}號" + ("" if parsed.part is None else f"之{parsed.part}")
