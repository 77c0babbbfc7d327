"""What a value comes to, in words, for those who stand behind it: days, place, number, what may be meant.

An agency is handed the parsed form beside the text, so whoever corrects or confirms a text sees it too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.calendar import Remark, remark_text
from domain.places import place_of
from domain.workflow import Label

Form = Mapping[str, Any]

MOST_CANDIDATES = 6
_REASONS = {"another reading": Label("另一讀法", "another reading")}
_SEXES = {"male": Label("男", "male"), "female": Label("女", "female")}


@dataclass(frozen=True, slots=True)
class Told:
    """What a text was understood as, and what has to be said beside it; `sure`: it names one thing only."""

    words: tuple[Label, ...]
    remarks: tuple[Label, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Meant:
    """What may be meant by a text, and what to judge that by (曰→日)."""

    text: str
    reason: Label


def told_of(value: Form) -> Told | None:
    """Return what a value was understood as; None where nothing is kept of that."""
    parsed = value.get("parsed")
    if not parsed:
        return None
    teller = next((tell for key, tell in _TELLERS if key in parsed), None)
    return teller(parsed) if teller else None


def meant_by(value: Form) -> Meant | None:
    """Return what may be meant by a value, however sure its reading is; None where nothing else is."""
    inferred = value.get("inferred")
    kept: Form = inferred if isinstance(inferred, Mapping) else {"text": inferred}
    text, reason = str(kept.get("text") or ""), str(kept.get("reason") or "")
    if not text or text == value.get("text"):
        return None
    return Meant(text, _REASONS.get(reason, Label(reason, "")))


def _date(parsed: Form) -> Told:
    first, last = parsed.get("earliest"), parsed.get("latest")
    days = (first or "") if first == last else f"{first or ''} ～ {last or ''}"
    remarks = tuple(Label(*remark_text(Remark(one))) for one in parsed.get("remarks") or ())
    return Told((Label(days, ""),) if days else (), remarks, parsed.get("certainty") == "certain")


def _place(parsed: Form) -> Told:
    candidates = [_candidate(one) for one in parsed["candidates"]]
    if len(candidates) == 1:
        return Told((Label(candidates[0], ""),))
    named = "、".join(candidates[:MOST_CANDIDATES]) + ("…" if len(candidates) > MOST_CANDIDATES else "")
    count = Label(f"候選 {len(candidates)} 處", f"{len(candidates)} candidates")
    return Told((count, Label(named, "")), sure=False)


def _candidate(one: Form) -> str:
    until = str(one.get("until") or "")[:4]
    return f"{one['name']}{_within(str(one['node']))} {str(one['since'])[:4]}–{until}"


def _within(node: str) -> str:
    """Where a place lay, which tells places of one name apart; nothing of one the table no longer has."""
    try:
        above = dict.fromkeys(place_of(one).title for one in place_of(node).within)
    except KeyError:
        return ""
    return f"（{'、'.join(above)}）" if above else ""


def _number(parsed: Form) -> Told:
    words = [Label(str(parsed["number"]), ""), Label(str(parsed.get("county") or ""), "")]
    sex = _SEXES.get(str(parsed.get("sex")))
    return Told((*(one for one in words if one.zh), *((sex,) if sex else ())))


_TELLERS: tuple[tuple[str, Callable[[Form], Told]], ...] = (
    ("earliest", _date),
    ("candidates", _place),
    ("number", _number),
)
"""By the key that only a form of that kind has."""
