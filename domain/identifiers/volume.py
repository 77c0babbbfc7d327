"""Volume designations: 12, 第十二冊, 本籍第三冊, 除戶簿甲-12, 0123.

Source: the ways volumes are marked on their backs; what stands before the number is kept as written.
"""

import re
from dataclasses import dataclass

from domain.identifiers.compact import compact
from domain.identifiers.invalid import InvalidIdentifier
from domain.identifiers.ordinal import DIGITS, to_number

OrderKey = tuple[str, tuple[int, ...]]

_MEASURE = "[冊册卷號号簿本]"
_FORM = re.compile(
    rf"(?P<name>.*?)-?第?(?P<first>{DIGITS}){_MEASURE}?(?P<more>(?:[-之]{DIGITS})*){_MEASURE}?\Z"
)


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume's name, if any, and its number with additions."""

    written: str
    name: str
    numbers: tuple[int, ...]


def parse(text: str) -> Volume:
    """What a designation says.

    Raises:
        InvalidIdentifier: it holds no number.
    """
    found = _FORM.match(compact(text))
    numbers = (
        [to_number(part) for part in re.split("[-之]", found.group("first") + found.group("more"))]
        if found
        else []
    )
    if not found or not numbers or None in numbers:
        raise InvalidIdentifier(
            "冊號須含數字，如「12」、「第十二冊」、「本籍第三冊」。",
            "A volume has a number, as in 12, 第十二冊 or 本籍第三冊.",
        )
    return Volume(text, found.group("name"), tuple(number for number in numbers if number is not None))


def validate(text: str) -> None:
    """Do nothing if the text names a volume.

    Raises:
        InvalidIdentifier: it does not.
    """
    parse(text)


def format(parsed: Volume) -> str:
    """The one even form: 本籍第3-1冊."""
    return f"{parsed.name}第{'-'.join(str(number) for number in parsed.numbers)}冊"


def order_key(text: str) -> OrderKey:
    """What to sort volumes by: name, then number.

    Raises:
        InvalidIdentifier: the text names no volume.
    """
    parsed = parse(text)
    return parsed.name, parsed.numbers
