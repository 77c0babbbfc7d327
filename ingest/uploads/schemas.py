"""What a station is told about an upload."""

import uuid

from pydantic import BaseModel


class MissingPart(BaseModel):
    """A part still to come: its bytes, and where and how to PUT it."""

    number: int
    offset: int
    size: int
    url: str
    headers: dict[str, str]


class UploadView(BaseModel):
    """An upload: its state, and the parts the store still lacks, with addresses that expire.

    `state` is `open`, `complete` (verified, stored, acknowledged) or `refused`.
    """

    id: uuid.UUID
    state: str
    file: str
    size: int
    part_size: int
    held: list[int]
    missing: list[MissingPart]
