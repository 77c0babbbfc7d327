"""What the API says of volumes, pages and entries."""

import uuid

from pydantic import BaseModel, ConfigDict

from index_service.changesets.schemas import Version


class VolumeOut(BaseModel):
    """A volume, and how many of its pages are published."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    office_id: uuid.UUID
    series_key: str
    designation: str
    title: str
    place: str
    period_from: str
    period_to: str
    expected_pages: int | None
    published_pages: int = 0


class VolumeList(BaseModel):
    """A stretch of volumes; `next` goes on."""

    volumes: list[VolumeOut]
    next: str | None


class PageOut(BaseModel):
    """A page at its published place."""

    id: uuid.UUID
    designation: str
    sequence: int


class PageList(BaseModel):
    """The pages of a volume as of an edition."""

    edition: int
    pages: list[PageOut]


class EntryList(BaseModel):
    """The entries of a page as of an edition, held ones too: for those who keep the register."""

    edition: int
    image_id: uuid.UUID | None
    entries: list[Version]
