"""Say everything that is wrong with the printed forms that a series names."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from domain.series.bare_label import bare_label
from domain.series.judge_value import listed, named, not_key, not_label, not_text, unknown

_FORM_KEYS = {"key", "title", "english", "titles", "labels", "parties"}


def find_form_defects(forms: object, labels: Collection[str]) -> Iterator[str]:
    """Everything wrong with [[forms]]; `labels` are the bare labels of the series' fields."""
    if not isinstance(forms, list) or not all(isinstance(one, dict) for one in forms):
        yield "forms: must be [[forms]] tables"
        return
    keys = Counter(str(form.get("key")) for form in forms)
    yield from (f"form key {key!r} occurs {count} times" for key, count in keys.items() if count > 1)
    for number, form in enumerate(forms, start=1):
        yield from _form_defects(f"form {number} ({named(form)})", form, labels)


def _form_defects(where: str, form: Mapping[str, Any], labels: Collection[str]) -> Iterator[str]:
    yield from unknown(where, form, _FORM_KEYS)
    yield from not_key(f"{where}: key", form.get("key"))
    for name in ("title", "english"):
        yield from not_text(f"{where}: {name}", form.get(name))
    for name in ("titles", "labels"):
        if not listed(form.get(name)):
            yield f"{where}: {name} must list what is printed"
        for text in listed(form.get(name)):
            yield from not_label(f"{where}: {name}", text)
    for label in listed(form.get("labels")):
        if isinstance(label, str) and bare_label(label) not in labels:
            yield f"{where}: label {label!r} names no field"
    yield from _party_defects(where, form.get("parties", []))


def _party_defects(where: str, parties: object) -> Iterator[str]:
    if not isinstance(parties, list) or not all(isinstance(names, list) and names for names in parties):
        yield f"{where}: parties must list, for each person, what the form calls that person"
        return
    for name in (name for names in parties for name in names):
        yield from not_label(f"{where}: party", name)
    called = Counter(str(name) for names in parties for name in names)
    yield from (f"{where}: {name!r} names {count} parties" for name, count in called.items() if count > 1)
