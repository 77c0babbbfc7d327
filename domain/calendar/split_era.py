"""Tell the era at the head of a date from what follows it."""

import re
from functools import cache

from domain.calendar.eras import Era, all_eras, era_named
from domain.calendar.numerals import SIGNS, UNREADABLE, to_signs
from domain.calendar.written_date import InvalidDate
from domain.characters import fold

_WESTERN = re.compile(r"[0-9■]{4}(?:[年./-]|\Z)")
_NUMBER_FIRST = re.compile(rf"[{SIGNS}]+(?:[年./-]|\Z)")


def split_era(text: str) -> tuple[Era | None, str]:
    """The era and what follows it; None where the era itself cannot be read.

    Raises:
        InvalidDate: no era is named and the year is not a Western one.
    """
    named = _spelled(text, shortest=2) or _half_read(text) or _spelled(text, shortest=1)
    if named:
        return named
    signs = to_signs(text)
    if _WESTERN.match(signs) and set(signs[:4]) != {UNREADABLE}:
        return era_named("西元"), text
    blind = re.match(rf"{UNREADABLE}{{1,2}}(?={_NUMBER_FIRST.pattern})", signs)
    if blind:
        return None, text[blind.end() :]
    raise InvalidDate(
        "未寫年號；請寫民國、民前、明治、大正、昭和等年號，或四位數的西元年。",
        "No era is named; write 民國, 民前, 明治, 大正, 昭和 …, or a Western year of four digits.",
    )


def _spelled(text: str, *, shortest: int) -> tuple[Era | None, str] | None:
    """The era spelled out at the head, the longest spelling first."""
    usual = _in_usual_forms(text)
    for spelling, era in _spellings():
        tail = text[len(spelling) :]
        if len(spelling) >= shortest and usual.startswith(spelling) and _starts_with_number(tail):
            return era, tail
    return None


def _half_read(text: str) -> tuple[Era | None, str] | None:
    """The one era that a head with unreadable characters may spell; no era where it may be several."""
    fitting = [
        (era, text[len(spelling) :])
        for spelling, era in _spellings()
        if _fits(text[: len(spelling)], spelling) and _starts_with_number(text[len(spelling) :])
    ]
    if not fitting:
        return None
    several = len({era.name for era, _ in fitting}) > 1
    return (None, fitting[-1][1]) if several else fitting[0]


@cache
def _spellings() -> tuple[tuple[str, Era], ...]:
    pairs = {_in_usual_forms(spelling): era for era in all_eras() for spelling in era.spellings}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _in_usual_forms(text: str) -> str:
    """Return a text with each character in its usual form, as long as before: 慶応 and 庆應 are one era."""
    return "".join(fold(letter) or letter for letter in text)


def _starts_with_number(tail: str) -> bool:
    return _NUMBER_FIRST.match(to_signs(tail)) is not None


def _fits(head: str, spelling: str) -> bool:
    """Whether an unreadable head may be that spelling; at least one character has to be read."""
    signs = [UNREADABLE if to_signs(letter) == UNREADABLE else _in_usual_forms(letter) for letter in head]
    return (
        len(signs) == len(spelling)
        and set(signs) != {UNREADABLE}
        and all(sign in (UNREADABLE, letter) for sign, letter in zip(signs, spelling, strict=True))
    )
