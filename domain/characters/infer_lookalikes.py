"""Offer the reading that the neighbours of a lookalike speak for (二因リ: ニ因リ)."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LookalikeReading:
    """A text with its lookalikes read otherwise; `changes` are (place, read, offered)."""

    text: str
    changes: tuple[tuple[int, str, str], ...]

    @property
    def reason(self) -> str:
        """What was read otherwise, for a person to judge: 二→ニ."""
        return "、".join(dict.fromkeys(f"{read}→{offered}" for _, read, offered in self.changes))


@dataclass(frozen=True, slots=True)
class _Rule:
    read: str
    offered: str
    before: re.Pattern[str]
    after: re.Pattern[str]


def infer_lookalikes(text: str) -> LookalikeReading | None:
    """The text as its context would have it, kana and kanji that look alike exchanged; None if nothing is.

    Only an offer: what was read stands, and names and kinship terms are not to be given to this.
    """
    letters, changes = list(text), []
    for place, letter in enumerate(text):
        before, after = "".join(letters[:place]), text[place + 1 :]
        for rule in _rules().get(letter, ()):
            if rule.before.search(before) and rule.after.match(after):
                letters[place] = rule.offered
                changes.append((place, letter, rule.offered))
                break
    return LookalikeReading("".join(letters), tuple(changes)) if changes else None


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    text = files("domain.characters").joinpath("data", "lookalikes.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    rules: dict[str, tuple[_Rule, ...]] = {}
    for read, offered, before, after in rows:
        rule = _Rule(read, offered, re.compile(_open(before) + r"\Z"), re.compile(_open(after)))
        rules[read] = (*rules.get(read, ()), rule)
    return rules


def _open(pattern: str) -> str:
    return "" if pattern == "-" else pattern
