"""Read a file of entries to be loaded: JSON Lines, one entry a line, every defect named with its line.

A line holds the field keys of its series as texts, and `page`, `volume`, `office` (the office's code);
`series` (default colonial_register) and `ordinal` (the place on the page, from 0) may be left out. No message
repeats a value, since values are personal data.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.series import load_series, series_keys

DEFAULT_SERIES = "colonial_register"
NAME = "name"
_LONGEST = {"office": 16, "volume": 64, "page": 32}
_OUR_KEYS = frozenset({*_LONGEST, "series", "ordinal"})
# Neither engine keeps NUL, and half a surrogate pair is no character.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One entry to be loaded; `texts` are as written, empty ones left out."""

    number: int
    office: str
    volume: str
    page: str
    series: str
    ordinal: int | None
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class LineDefect:
    """What is wrong in one line of the file, and what would be right; `line` counts from 1."""

    line: int
    zh: str
    en: str


class _RepeatedKey(ValueError):
    """A key stands twice in one object, so nobody can say which value was meant."""


def read_load_file(content: bytes) -> tuple[list[LoadLine], list[LineDefect]]:
    """Return the entries of a file and its defects; blank lines are passed over."""
    lines: list[LoadLine] = []
    defects: list[LineDefect] = []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        found = _read_line(number, raw)
        if isinstance(found, LoadLine):
            lines.append(found)
        else:
            defects += found
    if not lines and not defects:
        defects.append(LineDefect(1, "檔案沒有任何一筆資料。", "The file holds no entry."))
    return lines, defects


def _read_line(number: int, raw: bytes) -> LoadLine | list[LineDefect]:
    try:
        row = json.loads(raw.decode("utf-8"), object_pairs_hook=_object)
    except _RepeatedKey as error:
        return [LineDefect(number, f"鍵 {error} 重複。", f"The key {error} stands twice.")]
    except (ValueError, RecursionError):
        return [LineDefect(number, "不是 UTF-8 編碼的 JSON。", "This is not JSON in UTF-8.")]
    if not isinstance(row, dict):
        return [LineDefect(number, "須為一個 JSON 物件。", "A JSON object is needed.")]
    row = {key: str(value) if key == "page" and _is_number(value) else value for key, value in row.items()}
    wrong = [LineDefect(number, zh, en) for zh, en in _defects(row)]
    return wrong or _line(number, row)


def _line(number: int, row: dict[str, Any]) -> LoadLine:
    return LoadLine(
        number=number,
        office=row["office"].strip(),
        volume=row["volume"].strip(),
        page=row["page"].strip(),
        series=row.get("series", DEFAULT_SERIES),
        ordinal=row.get("ordinal"),
        texts={key: value for key, value in row.items() if key not in _OUR_KEYS and value},
    )


def _defects(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, longest in _LONGEST.items():
        yield from _place_defects(key, row.get(key), longest)
    ordinal = row.get("ordinal", 0)
    if not _is_number(ordinal) or not 0 <= ordinal <= _MOST:
        yield "ordinal 須為零或正整數。", "ordinal is a whole number from 0."
    series = row.get("series", DEFAULT_SERIES)
    if not isinstance(series, str) or series not in series_keys():
        known = ", ".join(series_keys())
        yield f"無此簿冊類別；可用：{known}。", f"There is no such series; there are {known}."
        return
    yield from _field_defects(series, {key: value for key, value in row.items() if key not in _OUR_KEYS})


def _place_defects(key: str, value: object, longest: int) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str) or not value.strip() or _NOT_TEXT.search(value):
        yield f"缺少 {key}，須為文字。", f"{key} is missing: a text is needed."
    elif len(value.strip()) > longest:
        yield f"{key} 至多 {longest} 字。", f"{key} has at most {longest} characters."


def _field_defects(series: str, texts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known = {field.key for field in load_series(series).fields}
    unknown = [key for key in texts if key not in known]
    if unknown:
        shown = "、".join(_shown(key) for key in unknown)
        yield (
            f"{series} 沒有欄位 {shown}。",
            f"{series} has no field {shown}; it has {', '.join(sorted(known))}.",
        )
    for key, value in texts.items():
        if key in known and (not isinstance(value, str) or _NOT_TEXT.search(value)):
            yield f"{key} 須為文字。", f"{key} must be a text without control characters or half characters."
    if not str(texts.get(NAME) or "").strip():
        yield f"缺少 {NAME}（姓名）。", f"{NAME} is missing."


def _shown(key: str) -> str:
    """Return a key as it may be printed, whatever the file holds."""
    return repr(key[:40])


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKey(_shown(next(key for key in keys if keys.count(key) > 1)))
    return found
