"""What the API says of figures."""

import uuid

from pydantic import BaseModel, ConfigDict


class RequestCountOut(BaseModel):
    """How many requests of one office and kind are in one state."""

    model_config = ConfigDict(from_attributes=True)

    office_id: uuid.UUID
    office: str
    kind: str
    state: str
    count: int


class FiguresOut(BaseModel):
    """The numbers in one's sight."""

    model_config = ConfigDict(from_attributes=True)

    edition: int
    requests: list[RequestCountOut]
    median_days: float | None
    on_time_share: float | None
    overdue: int
    pages_by_state: dict[str, int]
    published_pages: int
    published_entries: int
    editions: int
    holds_in_force: int
