"""What the API says of requests."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from access.http.asked import Asked
from domain.workflow import Kind


class ItemIn(BaseModel):
    """One thing wrong: where, what stands now, what should stand."""

    model_config = ConfigDict(from_attributes=True)

    fault_code: str = Field(max_length=32)
    volume_id: uuid.UUID | None = None
    page_id: uuid.UUID | None = None
    entry_id: uuid.UUID | None = None
    field_key: str | None = Field(default=None, max_length=64)
    stands_now: str = ""
    should_stand: str = ""


class RequestIn(Asked):
    """The application form."""

    kind: Kind
    series_key: str = Field(max_length=64)
    contact: str = Field(default="", max_length=200)
    grounds: str = ""
    letter_number: str = Field(default="", max_length=64)
    items: list[ItemIn] = Field(default_factory=list)


class OpenIn(RequestIn):
    """A request the ministry opens of its own accord, with the office that will confirm it."""

    office_id: uuid.UUID
    items: list[ItemIn] = Field(min_length=1)


class ItemOut(ItemIn):
    """An item with its id and its result."""

    id: uuid.UUID
    ordinal: int
    result: str


class RequestOut(BaseModel):
    """A request; `row_version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    number: str
    kind: str
    state: str
    office_id: uuid.UUID
    series_key: str
    letter_number: str
    contact: str
    grounds: str
    batch_id: uuid.UUID | None
    parent_id: uuid.UUID | None
    survivor_id: uuid.UUID | None
    operator_id: uuid.UUID | None
    delivery: int
    due_on: datetime | None
    stood_still_since: datetime | None
    whole_volume_required: bool
    created_at: datetime
    row_version: int


class RequestDetail(BaseModel):
    """A request with its items, its change set and what this person may do next."""

    request: RequestOut
    items: list[ItemOut]
    change_set_id: uuid.UUID | None
    actions: list[str]
    offices_to_confirm: list[uuid.UUID]
    offices_confirmed: list[uuid.UUID]


class RequestList(BaseModel):
    """A stretch of requests, newest first; `next` goes on."""

    requests: list[RequestOut]
    next: str | None


class StepOut(BaseModel):
    """One step of a request's history."""

    model_config = ConfigDict(from_attributes=True)

    step: int
    action: str
    from_state: str | None
    to_state: str
    actor_id: uuid.UUID | None
    delivery: int
    reasons: list[dict[str, Any]]
    at: datetime


class RequiredPageOut(BaseModel):
    """A page to be opened before confirming, which parts of it, why, and whether this person has."""

    page_id: uuid.UUID
    parts: list[str]
    why: str
    opened: bool


class Submit(Asked):
    """The letter number, which exists only once the form is approved."""

    letter_number: str | None = Field(default=None, max_length=64)


class Reasons(Asked):
    """Why."""

    reasons: list[str] = Field(default_factory=list)


class Accept(Asked):
    """Who will work on it."""

    operator_id: uuid.UUID


class Reassign(Accept, Reasons):
    """Who will work on it instead, and why."""


class Return(Asked):
    """Every defect at once: what is wrong by field, and why."""

    defects: dict[str, str]


class Merge(Asked):
    """The request that goes on."""

    survivor_id: uuid.UUID


class PageToRescanIn(BaseModel):
    """A page's view to be scanned again, and why."""

    page_id: uuid.UUID
    reason: str
    view: int = 1


class OrderRescan(Asked):
    """The pages to be scanned again."""

    pages: list[PageToRescanIn] = Field(min_length=1)


class Confirm(Asked):
    """Which items are right; null means all of them."""

    item_ids: list[uuid.UUID] | None = None


class Dispute(Asked):
    """What is wrong, by item."""

    item_reasons: dict[uuid.UUID, str]


class Published(BaseModel):
    """The edition a request was published as."""

    edition: int
