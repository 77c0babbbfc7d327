"""The application form (申請表): what an office fills in, and what is still missing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from domain.workflow import Kind, load_fault_codes
from index_service.requests.tables import Request, RequestItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """One thing wrong, as the office states it."""

    fault_code: str
    volume_id: uuid.UUID | None = None
    page_id: uuid.UUID | None = None
    entry_id: uuid.UUID | None = None
    field_key: str | None = None
    stands_now: str = ""
    should_stand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm:
    """The whole form."""

    kind: Kind
    series_key: str
    contact: str = ""
    grounds: str = ""
    letter_number: str = ""
    items: tuple[ItemForm, ...] = ()


def missing_in(request: Request, items: Sequence[RequestItem]) -> tuple[str, ...]:
    """Name everything the form still lacks, at once."""
    missing = []
    if not request.contact.strip():
        missing.append("聯絡人 contact")
    if not request.grounds.strip():
        missing.append("申請事由 grounds")
    if not request.letter_number.strip():
        missing.append("文號 letter number")
    if not items:
        missing.append("申請項目 items")
    for item in items:
        missing += [f"第{item.ordinal}項{lack}" for lack in _lacks(Kind(request.kind), item)]
    return tuple(missing)


def _lacks(kind: Kind, item: RequestItem) -> list[str]:
    lacks = []
    if not any(code.code == item.fault_code and kind in code.kinds for code in load_fault_codes()):
        lacks.append("錯誤代碼 fault code of this kind")
    if item.page_id is None and item.volume_id is None and item.entry_id is None:
        lacks.append("冊號頁次 volume and page")
    if kind is Kind.INDEX_CORRECTION and item.entry_id is None:
        lacks.append("索引 entry")
    if kind is Kind.ENTRY_CREATION and item.page_id is None:
        lacks.append("簿頁 page")
    if kind is not Kind.IMAGE_REBUILD and not item.should_stand.strip():
        lacks.append("應更正為 what should stand")
    return lacks
