"""What is asked of a search, checked before anything is recorded or read."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from access.http.problems import Invalid
from domain.calendar import DateRange, InvalidDate, parse_range
from domain.characters import parse_pattern
from domain.characters.pattern import Part
from domain.places import fold_place

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Query:
    """One question. Texts are patterns as the person wrote them: ? * and ■ □ are wildcards.

    `name_fields` are the field keys a name may stand in; None means every name the asker may see.
    """

    name: str = ""
    name_fields: tuple[str, ...] | None = None
    place: str = ""
    date: str = ""
    volume: str = ""
    page: str = ""
    office_id: uuid.UUID | None = None
    series: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what was asked, without what was left open."""
        asked = {
            "name": self.name,
            "name_fields": list(self.name_fields or ()),
            "place": self.place,
            "date": self.date,
            "volume": self.volume,
            "page": self.page,
            "office_id": str(self.office_id or ""),
            "series": self.series,
        }
        return {key: value for key, value in asked.items() if value}

    def check(self) -> None:
        """Refuse a question that names nobody: looking through the register is not looking somebody up.

        Raises:
            Invalid: with every defect.
        """
        defects = [
            *_letter_defects(self),
            *_name_defects(self),
            *_date_defects(self),
            *_volume_defects(self),
        ]
        if not defects and not (self.name or self.place or self.date or self.volume):
            defects.append(
                _defect(
                    "name",
                    "請至少輸入姓名、地點、日期或冊號之一。",
                    "Give a name, a place, a date or a volume.",
                )
            )
        if defects:
            raise Invalid("query_invalid", "查詢條件有誤。", "The query cannot be asked.", defects=defects)

    def days(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and last Gregorian day asked for, or None where no date was asked.

        A side left open reaches as far as dates do.
        """
        if not self.date:
            return None
        asked = parse_range(self.date)
        return asked.earliest or dt.date.min, asked.latest or dt.date.max


def _defect(field: str, zh: str, en: str) -> dict[str, str]:
    return {"field": field, "zh": zh, "en": en}


def _letter_defects(query: Query) -> list[dict[str, str]]:
    """Refuse letters that no register holds and no database keeps."""
    texts = {"name": query.name, "place": query.place, "date": query.date, "volume": query.volume}
    texts |= {"page": query.page, "series": query.series}
    return [
        _defect(field, "含有不能使用的控制字元。", "It holds a control character, which cannot be asked for.")
        for field, text in texts.items()
        if any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in text)
    ]


def _name_defects(query: Query) -> list[dict[str, str]]:
    return [
        _defect(
            field,
            "至少需要一個確定的字，不能只有萬用字元。",
            "At least one definite character is needed, not wildcards alone.",
        )
        for field, text in (("name", query.name), ("place", fold_place(query.place) or query.place))
        if text and not _names_a_character(text)
    ]


def _names_a_character(text: str) -> bool:
    return any(element.part is Part.CHARACTER for element in parse_pattern(text).elements)


def _date_defects(query: Query) -> list[dict[str, str]]:
    if not query.date:
        return []
    try:
        asked = parse_range(query.date)
    except InvalidDate:
        return [
            _defect(
                "date",
                "無法辨識日期。請輸入如「明治三十八年五月十二日」、「民國35年」、「1905-05-12」或「明治30年~大正元年」。",
                "Not a date we can read. Write 明治三十八年五月十二日, 1905-05-12 or 明治30年~大正元年.",
            )
        ]
    return _open_date_defects(query, asked)


def _open_date_defects(query: Query, asked: DateRange) -> list[dict[str, str]]:
    if asked.earliest is None and asked.latest is None:
        return [_defect("date", "此日期無法換算成西曆範圍。", "This date has no Gregorian range.")]
    if None in (asked.earliest, asked.latest) and not (query.name or query.place or query.volume):
        return [
            _defect(
                "date",
                "日期範圍未封閉時，請一併輸入姓名、地點或冊號。",
                "A range open on one side needs a name, a place or a volume beside it.",
            )
        ]
    return []


def _volume_defects(query: Query) -> list[dict[str, str]]:
    if query.page and not query.volume:
        return [_defect("page", "指定頁次時請一併指定冊號。", "A page needs its volume.")]
    return []
