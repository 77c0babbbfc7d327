"""What the API says of change sets."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from access.http.asked import Asked

Box = list[float]


class Version(BaseModel):
    """An entry's version: values as written."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    entry_id: uuid.UUID
    number: int
    page_id: uuid.UUID
    image_id: uuid.UUID | None
    ordinal: int
    region: Box | None
    fields: dict[str, dict[str, Any]]
    least_confidence: float
    created_at: datetime


class ChangeOut(BaseModel):
    """One change; `row_version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    change_set_id: uuid.UUID
    item_id: uuid.UUID | None
    subject: str
    action: str
    page_id: uuid.UUID
    view: int
    entry_id: uuid.UUID | None
    base_version_id: uuid.UUID | None
    new_version_id: uuid.UUID | None
    base_image_id: uuid.UUID | None
    new_image_id: uuid.UUID | None
    base_place: dict[str, Any] | None
    new_volume_id: uuid.UUID | None
    new_sequence: int | None
    least_confidence: float | None
    reviewed_by: uuid.UUID | None
    row_version: int


class StagedEntry(BaseModel):
    """A change with the values it would publish, if it is of an entry."""

    change: ChangeOut
    version: Version | None


class ChangeList(BaseModel):
    """A stretch of changes, least certain first; `next` goes on."""

    changes: list[StagedEntry]
    next: str | None


class ChangeSetOut(BaseModel):
    """A change set, and which pages it changes."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    request_id: uuid.UUID
    state: str
    reverses_edition: int | None
    pages: list[uuid.UUID]


class DefectOut(BaseModel):
    """One thing that keeps a set from being delivered."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    zh: str
    en: str
    subject: str | None


class EditEntry(Asked):
    """Texts by field key as they should stand; a redrawn region and field boxes, in master pixels."""

    texts: dict[str, str] = Field(default_factory=dict)
    region: Box | None = None
    boxes: dict[str, Box | None] = Field(default_factory=dict)


class ConfirmFields(Asked):
    """Which fields are right as read; null means all."""

    keys: list[str] | None = None


class CreateEntry(Asked):
    """A new entry of a page, typed by the operator."""

    page_id: uuid.UUID
    image_id: uuid.UUID | None = None
    region: Box | None = None
    ordinal: int = 0
    texts: dict[str, str]
    boxes: dict[str, Box] = Field(default_factory=dict)
    item_id: uuid.UUID | None = None


class UpdateEntry(EditEntry):
    """A published entry to be corrected."""

    entry_id: uuid.UUID
    item_id: uuid.UUID | None = None


class RetireEntry(Asked):
    """A published entry to be taken out."""

    entry_id: uuid.UUID
    item_id: uuid.UUID | None = None


class StageImage(Asked):
    """An image of a page's view to be put in place; its entries follow without their old boxes."""

    image_id: uuid.UUID
    item_id: uuid.UUID | None = None


class WithdrawImage(Asked):
    """A page's view to be left without an image."""

    page_id: uuid.UUID
    view: int = 1
    item_id: uuid.UUID | None = None


class AddPage(Asked):
    """A page that the archive missed, where the paper volume has it."""

    volume_id: uuid.UUID
    designation: str = Field(min_length=1, max_length=32)
    sequence: int = Field(ge=1)


class PageAdded(BaseModel):
    """The page now known; nothing of it is published yet."""

    page_id: uuid.UUID


class PlacePage(Asked):
    """Where a page shall stand; without a volume it is withdrawn."""

    page_id: uuid.UUID
    volume_id: uuid.UUID | None = None
    sequence: int | None = Field(default=None, ge=1)
    item_id: uuid.UUID | None = None


class EntryBesideOut(BaseModel):
    """An entry before and after."""

    model_config = ConfigDict(from_attributes=True)

    entry_id: uuid.UUID
    change_id: uuid.UUID | None
    action: str | None
    before: Version | None
    after: Version | None
    changed: list[str]


class PageBesideOut(BaseModel):
    """A page before and after; images by view, places as volume and sequence."""

    model_config = ConfigDict(from_attributes=True)

    page_id: uuid.UUID
    images_before: dict[int, uuid.UUID]
    images_after: dict[int, uuid.UUID]
    place_before: tuple[uuid.UUID, int] | None
    place_after: tuple[uuid.UUID, int] | None
    entries: list[EntryBesideOut]
