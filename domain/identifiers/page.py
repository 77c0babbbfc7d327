"""Page designations: 12, 12-1, 12之1, 第十二頁, 12正, 12背, 12甲, 封面.

Source: the ways pages are marked on registers; pages put in later take the number before and an addition.
"""

import re
from dataclasses import dataclass

from domain.identifiers.compact import compact
from domain.identifiers.invalid import InvalidIdentifier
from domain.identifiers.ordinal import DIGITS, to_number

OrderKey = tuple[tuple[int, int], ...]

_FORM = re.compile(
    rf"第?(?P<first>{DIGITS})[頁页葉枚]?(?P<more>(?:(?:-|之){DIGITS})*)(?P<letter>[A-Z甲乙丙丁戊己庚辛壬癸])?[頁页葉枚]?"
    rf"(?P<side>[正反背表裏裡面]|正面|背面|反面)?\Z"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FRONT = ("正", "正面", "表", "面")
_COVERS: dict[str, OrderKey] = {"封面": ((-1, 0),), "封底": ((9, 0),)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's place in its volume: the number and its additions; `side` is 0 where none is named."""

    written: str
    numbers: tuple[int, ...]
    letter: str
    side: int
    key: OrderKey


def parse(text: str) -> Page:
    """What a designation says.

    Raises:
        InvalidIdentifier: it names no page.
    """
    narrow = compact(text)
    if narrow in _COVERS:
        return Page(text, (), "", 0, _COVERS[narrow])
    found = _FORM.match(narrow)
    numbers = _numbers(found.group("first") + found.group("more")) if found else ()
    if not found or not numbers:
        raise InvalidIdentifier(
            "頁次須如「12」、「12-1」、「第十二頁」、「12背」。",
            "A page is written like 12, 12-1, 第十二頁 or 12背.",
        )
    letter, side = found.group("letter") or "", _side(found.group("side"))
    return Page(text, numbers, letter, side, _key(numbers, letter, side))


def validate(text: str) -> None:
    """Do nothing if the text names a page.

    Raises:
        InvalidIdentifier: it does not.
    """
    parse(text)


def format(parsed: Page) -> str:
    """The one even form: 12-1甲背; covers as written."""
    side = ("", "正", "背")[parsed.side]
    return "-".join(str(number) for number in parsed.numbers) + parsed.letter + side or parsed.written.strip()


def order_key(text: str) -> OrderKey:
    """What to sort pages by: 封面, 12, 12-1, 12-2, 12甲, 12正, 12背, 13, 封底.

    Raises:
        InvalidIdentifier: the text names no page.
    """
    return parse(text).key


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [to_number(part) for part in re.split("[-之]", text)]
    return tuple(number for number in numbers if number is not None) if None not in numbers else ()


def _side(written: str | None) -> int:
    return 0 if written is None else 1 if written in _FRONT else 2


def _key(numbers: tuple[int, ...], letter: str, side: int) -> OrderKey:
    key = [(0, numbers[0]), *((1, number) for number in numbers[1:])]
    if letter:
        key.append((2, _STEMS.index(letter) if letter in _STEMS else ord(letter)))
    if side:
        key.append((3, side))
    return tuple(key)
