"""Numbers as registers write them: every form of digits, read and written."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

UNREADABLE = "■"
SIGNS = "0-9十廿卅卌百元正■"
_SHORT_TENS = {2: "廿", 3: "卅", 4: "卌"}
_CHINESE = "〇一二三四五六七八九"


def to_signs(text: str) -> str:
    """The text with each character that writes a number replaced by its sign, one for one."""
    return text.translate(_signs())


def readings(signs: str, candidates: Sequence[int]) -> tuple[int, ...]:
    """Those of the candidates that the signs may write, ■ being any one character.

    Signs that are all ■ may write any of them, for the characters of what is unreadable are not counted.
    """
    if set(signs) == {UNREADABLE}:
        return tuple(candidates)
    if UNREADABLE not in signs:
        return tuple(number for number in candidates if signs in _forms(number))
    return tuple(number for number in candidates if any(_fits(signs, form) for form in _forms(number)))


def to_chinese(number: int) -> str:
    """The number in Chinese, 1 to 99 with 十 and larger ones digit by digit."""
    if number >= 100:
        return "".join(_CHINESE[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _CHINESE[tens] + "十"
    return head + (_CHINESE[ones] if ones or not tens else "")


@cache
def _forms(number: int) -> frozenset[str]:
    """Every way to write the number in signs: 23, 2十3, 廿3; 1 also 元 and 正."""
    forms = {str(number), f"{number:02d}", f"{number:03d}"}
    hundreds, rest = divmod(number, 100)
    if number < 1000:
        heads = {""} if not hundreds else {f"{hundreds}百"} | ({"百"} if hundreds == 1 else set())
        forms |= {head + tail for head in heads for tail in _below_hundred(rest, after=bool(hundreds))}
    if number == 1:
        forms |= {"元", "正"}
    return frozenset(forms - {""})


def _below_hundred(rest: int, *, after: bool) -> Iterator[str]:
    tens, ones = divmod(rest, 10)
    unit = str(ones) if ones else ""
    if not tens:
        yield unit
        if after and unit:
            yield "0" + unit
        return
    yield f"{tens}十{unit}"
    if tens == 1:
        yield f"十{unit}"
    if tens in _SHORT_TENS:
        yield _SHORT_TENS[tens] + unit
        yield f"{_SHORT_TENS[tens]}十{unit}"


def _fits(signs: str, form: str) -> bool:
    return len(signs) == len(form) and all(
        sign in (UNREADABLE, letter) for sign, letter in zip(signs, form, strict=True)
    )


@cache
def _signs() -> dict[int, str]:
    text = files("domain.calendar").joinpath("data", "numerals.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {ord(letter): sign for sign, letters in rows for letter in letters}
