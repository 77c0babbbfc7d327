"""The values of an entry's fields: what was read or typed, how sure it is, and who stands behind it.

A value is a mapping with `text` (as written, never normalised), `confidence` (0 to 1), `box` (None or
[x0, y0, x1, y1] in master pixels), `alternatives`, `provenance`, `confirmed_by` (an account's id, or None)
and, where there are such, `parsed` (dates, places), `inferred` (what may be meant, with the reason) and
`inks` (what its lines on the image are written in: "black", "red", "other"). Inks belong to the box: they say
what was seen there, whatever text a person puts in its place.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Value = dict[str, Any]
Fields = dict[str, Value]
Box = list[float]

PROVENANCES = frozenset({"recognised", "edited", "loaded"})
INKS = ("black", "red", "other")


def recognised_value(proposed: Mapping[str, Any]) -> Value:
    """Turn a proposed field into a value that nobody has confirmed yet."""
    value = {
        "text": proposed["text"],
        "confidence": float(proposed["confidence"]),
        "box": proposed.get("box"),
        "alternatives": list(proposed.get("alternatives") or ()),
        "provenance": "recognised",
        "confirmed_by": None,
    }
    return value | {key: proposed[key] for key in ("parsed", "inferred", "inks") if key in proposed}


def edited_value(text: str, *, by: uuid.UUID, before: Mapping[str, Any] | None = None) -> Value:
    """Return what a person typed; box, inks and the readings hesitated between stay for the next reader."""
    known = before or {}
    value = {
        "text": text,
        "confidence": 1.0,
        "box": known.get("box"),
        "alternatives": list(known.get("alternatives") or ()),
        "provenance": "edited",
        "confirmed_by": str(by),
    }
    return value | _inks(known)


def confirmed_value(value: Mapping[str, Any], *, by: uuid.UUID) -> Value:
    """Return the same value with the person who stands behind it; an earlier confirmation stays."""
    return {**value, "confirmed_by": value.get("confirmed_by") or str(by)}


def is_a_persons(value: Mapping[str, Any]) -> bool:
    """Tell whether a person typed or confirmed the value, so that recognition may not overwrite it."""
    return bool(value.get("confirmed_by")) or value.get("provenance") != "recognised"


def doubt_in(fields: Mapping[str, Mapping[str, Any]]) -> float:
    """Return the least confidence among the values that nobody has confirmed; 1.0 where none is left."""
    left = [
        float(one["confidence"]) for one in fields.values() if one["text"] and not one.get("confirmed_by")
    ]
    return min(left, default=1.0)


def without_boxes(fields: Mapping[str, Mapping[str, Any]]) -> Fields:
    """Return the values freed of the boxes drawn on an image that no longer stands under them."""
    return {key: placed(value, None) for key, value in fields.items()}


def placed(value: Mapping[str, Any], box: list[Any] | None, inks: Sequence[str] = ()) -> Value:
    """Return the value with another box, and with the inks seen in that."""
    freed = {key: part for key, part in value.items() if key != "inks"}
    return {**freed, "box": box, **({"inks": list(inks)} if inks else {})}


def has_boxes(fields: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether any value points at a place on an image."""
    return any(value.get("box") is not None for value in fields.values())


def with_recognised(
    fields: Mapping[str, Mapping[str, Any]], proposed: Mapping[str, Mapping[str, Any]], *, texts: bool
) -> Fields:
    """Take over what recognition reads on a new image.

    A box comes along, with its inks, where the same text was read there. Texts come along only if `texts`,
    and never over a value that a person typed or confirmed.
    """
    merged: Fields = {key: dict(value) for key, value in fields.items()}
    for key, reading in proposed.items():
        standing = merged.get(key)
        if standing is not None and standing["text"] == reading["text"]:
            merged[key] = placed(standing, reading.get("box"), reading.get("inks") or ())
        elif texts and (standing is None or not is_a_persons(standing)):
            merged[key] = recognised_value(reading)
    return merged


def shape_defects(fields: Mapping[str, Any]) -> list[str]:
    """Name the fields that are no well-formed values, without repeating what stands in them."""
    return [key for key, value in fields.items() if not _well_formed(value)]


def is_box(box: object) -> bool:
    """Tell whether this is [x0, y0, x1, y1] with a positive area's worth of order."""
    if not isinstance(box, list | tuple) or len(box) != 4:
        return False
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in box):
        return False
    return bool(box[0] < box[2] and box[1] < box[3])


def texts_of(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the bare texts by field key."""
    return {key: value["text"] for key, value in fields.items()}


def changed_keys(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the keys whose text differs between two versions; a missing value counts as empty."""
    old, new = texts_of(before), texts_of(after)
    keys: Iterable[str] = old.keys() | new.keys()
    return {key for key in keys if old.get(key, "") != new.get(key, "")}


def _inks(value: Mapping[str, Any]) -> Value:
    return {"inks": list(value["inks"])} if value.get("inks") else {}


def _well_formed(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    confidence, inks = value.get("confidence"), value.get("inks", [])
    return (
        isinstance(value.get("text"), str)
        and isinstance(confidence, int | float)
        and 0 <= confidence <= 1
        and value.get("provenance") in PROVENANCES
        and (value.get("box") is None or is_box(value["box"]))
        and isinstance(inks, list)
        and all(ink in INKS for ink in inks)
    )
