"""Offer the number that a text which is none may have been read from (HI23456786: H123456786)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.identifiers import national_id
from domain.identifiers.compact import compact
from domain.identifiers.invalid import InvalidIdentifier
from domain.identifiers.national_id import NationalId


@dataclass(frozen=True, slots=True)
class InferredNationalId:
    """The number that may have been meant, and the one character that was read otherwise."""

    number: NationalId
    read: str
    offered: str

    @property
    def reason(self) -> str:
        """What was read otherwise, for a person to judge: I→1."""
        return f"{self.read}→{self.offered}"


def infer_national_id(text: str) -> InferredNationalId | None:
    """The one number, its check digit right, that comes of changing one lookalike.

    None where the text is a number itself, where nothing comes of it, or where several numbers do. Only an
    offer: what was read stands.
    """
    read = compact(text).replace("-", "")
    if _number(read) is not None:
        return None
    found = [
        InferredNationalId(number, letter, offered)
        for place, letter in enumerate(read)
        for offered in _offered(place, letter)
        if (number := _number(read[:place] + offered + read[place + 1 :])) is not None
    ]
    return found[0] if len(found) == 1 else None


def _number(text: str) -> NationalId | None:
    try:
        return national_id.parse(text)
    except InvalidIdentifier:
        return None


def _offered(place: int, letter: str) -> tuple[str, ...]:
    """Give what a character may be; a letter in second place is never offered: it would make of a citizen's
    number a resident's, whose check digit then fits too often by chance."""
    alike = _lookalikes().get(letter, ())
    return tuple(one for one in alike if one.isdigit()) if place == 1 else alike


@cache
def _lookalikes() -> Mapping[str, tuple[str, ...]]:
    text = files("domain.identifiers").joinpath("data", "lookalikes.tsv").read_text("utf-8")
    alike: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            read, offered = line.split("\t")
            alike[read] = (*alike.get(read, ()), offered)
    return alike
