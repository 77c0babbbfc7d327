"""What the look-up API takes and answers."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from access.http.asked import Asked


class OpenCase(Asked):
    """Why somebody is about to look."""

    purpose: str = Field(max_length=200, examples=["遺產繼承"])
    case_number: str = Field(max_length=100, examples=["北稅財字第1150001號"])
    legal_basis: str = Field(default="", max_length=300)
    agreement: uuid.UUID | None = None


class Case(BaseModel):
    """An open case folder."""

    id: uuid.UUID
    purpose: str
    case_number: str
    legal_basis: str
    opened_at: datetime
    closed_at: datetime | None


class Search(Asked):
    """One question under a case; texts are patterns (? one character, * any, ■ □ unreadable)."""

    case: uuid.UUID
    name: str = Field(default="", max_length=50)
    name_fields: list[str] | None = None
    place: str = Field(default="", max_length=100)
    date: str = Field(default="", max_length=50)
    volume: str = Field(default="", max_length=64)
    page: str = Field(default="", max_length=32)
    office: uuid.UUID | None = None
    series: str = Field(default="", max_length=64)
    as_of: int | None = None


class Hit(BaseModel):
    """One version found and the rule that matched; granted fields alone."""

    entry: uuid.UUID
    version: uuid.UUID
    series: str
    rule: str
    fields: dict[str, dict[str, Any]]
    has_image: bool


class SearchAnswer(BaseModel):
    """What a look answers, best hit first."""

    lookup: uuid.UUID
    receipt: str
    edition: int
    more: bool
    hits: list[Hit]


class LookAtImage(Asked):
    """Ask for the page behind an entry; `view` 2 and up are slips (浮籤), by default what shows the entry."""

    case: uuid.UUID
    entry: uuid.UUID
    as_of: int | None = None
    view: int | None = Field(default=None, ge=1, le=99)
