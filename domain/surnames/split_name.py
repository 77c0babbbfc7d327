"""Find the surname of a written name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.characters import fold, units

_CLAN = "氏"
_MARRIED = 2
"""A married woman may bear her husband's surname before her own: 林王氏招, 林陳美."""


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as written: `surname` is empty where no known one stands first; `own` is a wife's."""

    written: str
    surname: str
    own: str
    given: str

    @property
    def known(self) -> bool:
        """Whether the name begins with a known surname and goes on."""
        return bool(self.surname) and bool(self.own or self.given)


def split_name(text: str) -> WrittenName:
    """Split a name as registers write it: 林阿水, 林氏玉, 林王氏招, 歐陽修, 佐藤一郎; never refuses."""
    letters = [unit for unit in units(text) if unit not in "・．.·"]
    first = _surname(letters, 0)
    rest = letters[first:]
    if not first:
        return WrittenName(text, "", "", "".join(letters))
    own = _own(rest)
    given = rest[own:]
    if given and given[0] == _CLAN:
        given = given[1:]
    return WrittenName(text, "".join(letters[:first]), "".join(rest[:own]), "".join(given))


def _own(rest: Sequence[str]) -> int:
    """How long the own surname is that stands before 氏 after the husband's."""
    length = _surname(rest, 0)
    return length if length and rest[length : length + 1] == [_CLAN] else 0


def _surname(letters: Sequence[str], start: int) -> int:
    """How many characters the longest known surname has that stands there."""
    lengths = range(min(_longest(), len(letters) - start), 0, -1)
    return next((n for n in lengths if fold("".join(letters[start : start + n])) in _surnames()), 0)


@cache
def _longest() -> int:
    return max(map(len, _surnames()))


@cache
def _surnames() -> frozenset[str]:
    text = files("domain.surnames").joinpath("data", "surnames.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(fold(row[0]) for row in rows)
