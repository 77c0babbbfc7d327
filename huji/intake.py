"""The intake, composed: what upload operations work with, and the task that clears what was abandoned."""

from huji.nudging import queue_of
from huji.scheduler import Task
from huji.wiring import House
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.uploads.operations.sweep_incoming import sweep_incoming
from ingest.uploads.room import UploadRoom

# An abandoned upload harms nobody for a day; longer than any lease, as garbage must wait.
CLEAR_SECONDS = 24 * 3600.0


def upload_room(house: House) -> UploadRoom:
    """Return what the upload operations work with."""
    return UploadRoom(
        database=house.database,
        store=house.store,
        parts=house.parts,
        inspector=LimitedDecoder(),
        nudge=queue_of(house).nudge,
    )


def clearing(house: House) -> Task:
    """Return the task that clears uploads which nobody finished."""
    room = upload_room(house)
    return Task("clear abandoned uploads", CLEAR_SECONDS, lambda: sweep_incoming(room, at=house.now()))
