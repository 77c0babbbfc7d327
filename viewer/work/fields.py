"""The fields of an entry as a screen shows them, in the series' order, those in doubt marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from index_service.requests.rules import DEFAULT_RULES
from viewer.words import field_label, known_series
from viewer.work.told import Meant, Told, meant_by, told_of

Red = Literal["all", "some", "none"]
"""How much of a value stands in red on the page: a clerk's mark of a removal or a correction."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its label, what stands in it, how sure that is, who is behind it, how much is red.

    `told` is what the text was understood as, `meant` what may be meant by it, however sure the reading.
    """

    key: str
    zh: str
    en: str
    text: str
    confidence: float
    doubtful: bool
    confirmed: bool
    edited: bool
    boxed: bool
    long: bool
    alternatives: tuple[str, ...]
    red: Red
    told: Told | None
    meant: Meant | None


def field_rows(series_key: str, fields: Mapping[str, Mapping[str, Any]]) -> list[FieldRow]:
    """Return the values: the person's first, then the household's, each in the form's order."""
    return [_row(series_key, key, fields[key]) for key in ordered_keys(series_key, fields)]


def doubtful_first(rows: Iterable[FieldRow]) -> list[FieldRow]:
    """Return the rows in doubt, least certain first, and behind them the others in the form's order."""
    return sorted(rows, key=lambda row: row.confidence if row.doubtful else 2.0)


def empty_keys(series_key: str, fields: Mapping[str, Mapping[str, Any]]) -> list[FieldRow]:
    """Return the series' fields of which the entry says nothing yet."""
    series = known_series(series_key)
    keys = [field.key for field in series.fields if field.key not in fields] if series else []
    return [_row(series_key, key, {"text": "", "confidence": 1.0}) for key in keys]


def ordered_keys(series_key: str, fields: Mapping[str, Any]) -> list[str]:
    """Return the keys of some fields: the person's, the household's, then those no series knows."""
    series = known_series(series_key)
    known = [*series.fields_at("person"), *series.fields_at("household")] if series else []
    order = [field.key for field in known]
    return [key for key in order if key in fields] + [key for key in fields if key not in order]


def is_doubtful(value: Mapping[str, Any]) -> bool:
    """Tell whether a value was read without certainty and nobody has stood behind it yet."""
    unsure = float(value.get("confidence", 1.0)) < DEFAULT_RULES.doubt_below
    return bool(value.get("text")) and not value.get("confirmed_by") and unsure


def red_in(value: Mapping[str, Any]) -> Red:
    """Tell how many of the lines that a value was read from are written in red."""
    inks = value.get("inks") or ()
    if "red" not in inks:
        return "none"
    return "all" if set(inks) == {"red"} else "some"


def doubtful_keys(fields: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of the values in doubt."""
    return frozenset(key for key, value in fields.items() if is_doubtful(value))


def _row(series_key: str, key: str, value: Mapping[str, Any]) -> FieldRow:
    label, text, meant = field_label(series_key, key), str(value.get("text", "")), meant_by(value)
    return FieldRow(
        key=key,
        zh=label.zh,
        en=label.en,
        text=text,
        confidence=float(value.get("confidence", 1.0)),
        doubtful=is_doubtful(value),
        confirmed=bool(value.get("confirmed_by")),
        edited=value.get("provenance") == "edited",
        boxed=value.get("box") is not None,
        long=len(text) > 22,
        alternatives=tuple(_texts(value.get("alternatives") or (), {text, meant.text if meant else ""})),
        red=red_in(value),
        told=told_of(value),
        meant=meant,
    )


def _texts(alternatives: Iterable[Any], said: Collection[str]) -> list[str]:
    """Return the engines' other readings that are not said already."""
    read = [str(one["text"] if isinstance(one, Mapping) else one) for one in alternatives]
    return [one for one in dict.fromkeys(read) if one and one not in said][:4]
