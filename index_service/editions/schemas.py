"""What the API says of editions and holds."""

import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from access.http.asked import Asked


class EditionOut(BaseModel):
    """One publication."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    change_set_id: uuid.UUID
    request_id: uuid.UUID
    office_id: uuid.UUID
    published_by: uuid.UUID
    published_at: datetime
    reverses: int | None


class EditionList(BaseModel):
    """A stretch of editions, newest first; `next` goes on below that number."""

    current: int
    editions: list[EditionOut]
    next: int | None


class Reverse(Asked):
    """Why an edition is to be undone."""

    reason: str = Field(min_length=1)


class Reversal(BaseModel):
    """The request that would undo it."""

    request_id: uuid.UUID
    number: str


class ProposeHold(Asked):
    """What is to be hidden (one of the two), why, and when that is looked at again."""

    entry_id: uuid.UUID | None = None
    image_id: uuid.UUID | None = None
    reason: str
    review_by: datetime


class LiftHold(Asked):
    """Why it may be shown again."""

    reason: str


class HoldOut(BaseModel):
    """One hold; in force from its approval until it is lifted."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    office_id: uuid.UUID
    entry_id: uuid.UUID | None
    image_id: uuid.UUID | None
    reason: str
    proposed_by: uuid.UUID
    proposed_at: datetime
    approved_by: uuid.UUID | None
    in_force_from: datetime | None
    review_by: datetime
    lifted_by: uuid.UUID | None
    lifted_at: datetime | None
    lifted_reason: str | None
