"""What the upload operations work with, handed in by the composition root."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Protocol

from ingest.decoding.answers import Inspected
from ingest.points import AtPoint, pass_by
from storage.database.session import Database
from storage.objects.ports import SMALLEST_PART, ObjectStore, PartUploads

PART_PATH = "/api/v1/ingest/parts/{upload_ref}/{number}"
"""Where the embedded store's clients PUT parts: `part_url` of FilePartUploads, within our one origin."""


class Inspector(Protocol):
    """Judges a file by its content; ingest.decoding.limited_decoder.LimitedDecoder is the one at work."""

    def inspect(self, data: BinaryIO, size: int, name: str) -> Inspected:
        """Return what the file is; raises RefusedImage."""
        ...


@dataclass(frozen=True, slots=True)
class UploadRoom:
    """The stores, the inspector, and whom to nudge when runs are owed.

    Points passed by a completion, in order: joined, verified, inspected, copied, committed, cleaned.
    """

    database: Database
    store: ObjectStore
    parts: PartUploads
    inspector: Inspector
    nudge: Callable[[Sequence[uuid.UUID]], object]
    part_size: int = SMALLEST_PART
    address_lifetime: timedelta = timedelta(hours=1)
    at_point: AtPoint = pass_by


def incoming_key(upload_id: uuid.UUID) -> str:
    """Return the key under which an upload's bytes wait to be verified; never a content key."""
    return f"incoming/{upload_id}"
