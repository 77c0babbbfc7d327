"""Search keys: one character for each class of variants."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

UNREADABLE = "■"

# Operators of ideographic descriptions and how many parts each takes (Unicode 16, chapter 18.2).
_ARITY = {
    **dict.fromkeys("⿰⿱⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽㇯", 2),
    **dict.fromkeys("⿲⿳", 3),
    **dict.fromkeys("⿾⿿", 1),
}


def fold(text: str) -> str:
    """The search key of a text: blanks dropped, each character replaced by its class's one; idempotent.

    Compatibility forms that are one character (full-width letters, Kangxi radicals) and letter case fold too.
    """
    return "".join(fold_unit(unit) for unit in units(text))


def units(text: str) -> tuple[str, ...]:
    """What counts as one character each, as written; an ideographic description counts as one."""
    letters = [letter for letter in text if not _makes_no_unit(letter)]
    return tuple(_cut(letters))


@lru_cache(maxsize=65536)
def fold_unit(unit: str) -> str:
    """The search key of one unit."""
    return "".join(_fold_letter(letter) for letter in unit)


def _cut(letters: list[str]) -> Iterator[str]:
    start = 0
    while start < len(letters):
        end = _end_of_description(letters, start) or start + 1
        yield "".join(letters[start:end])
        start = end


def _end_of_description(letters: list[str], start: int) -> int | None:
    """Where the description that starts here ends; None where it breaks off."""
    wanted, at = 1, start
    while wanted:
        if at >= len(letters):
            return None
        wanted += _ARITY.get(letters[at], 0) - 1
        at += 1
    return at


def _makes_no_unit(letter: str) -> bool:
    code = ord(letter)
    return letter.isspace() or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _fold_letter(letter: str) -> str:
    if letter == "□":
        return UNREADABLE
    for narrower in (unicodedata.normalize("NFKC", letter), letter.casefold()):
        if len(narrower) == 1 and not narrower.isspace() and narrower != letter:
            return _fold_letter(narrower)
    return _variants().get(letter, letter)


@cache
def _variants() -> dict[str, str]:
    text = files("domain.characters").joinpath("data", "variants.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {letter: folded for letter, folded, _ in rows}
