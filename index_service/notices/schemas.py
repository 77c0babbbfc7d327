"""What the API says of notices."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class NoticeOut(BaseModel):
    """One notice to the reader's organisation."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    request_id: uuid.UUID | None
    kind: str
    details: dict[str, Any]
    created_at: datetime
    read_at: datetime | None
    read_by: uuid.UUID | None


class NoticeList(BaseModel):
    """A stretch of notices, newest first; `next` goes on."""

    notices: list[NoticeOut]
    unread: int
    next: str | None
