"""Describe an upload to the station that sends it."""

from collections.abc import Collection

from ingest.uploads.parts_of_file import plan_parts, sound_parts
from ingest.uploads.room import UploadRoom
from ingest.uploads.schemas import MissingPart, UploadView
from storage.intake.tables import BatchFile, Upload
from storage.objects.errors import ObjectMissing


def describe_upload(room: UploadRoom, upload: Upload, file: BatchFile) -> UploadView:
    """Return the upload's state, with fresh addresses for what the store says is missing."""
    plan = plan_parts(file.size, upload.part_size)
    held = _held(room, upload, file) if upload.state == "open" else {part.number for part in plan}
    missing = [part for part in plan if part.number not in held]
    addresses = [
        room.parts.part_address(upload.store_reference, part.number, room.address_lifetime)
        for part in missing
    ]
    return UploadView(
        id=upload.id,
        state=upload.state,
        file=file.name,
        size=file.size,
        part_size=upload.part_size,
        held=sorted(held),
        missing=[
            MissingPart(
                number=part.number, offset=part.offset, size=part.size, url=to.url, headers=dict(to.headers)
            )
            for part, to in zip(missing, addresses, strict=True)
        ],
    )


def _held(room: UploadRoom, upload: Upload, file: BatchFile) -> Collection[int]:
    plan = plan_parts(file.size, upload.part_size)
    try:
        return sound_parts(plan, room.parts.list_parts(upload.store_reference)).keys()
    except ObjectMissing:
        # The parts were joined and the completion cut off behind that: nothing is missing.
        return {part.number for part in plan}
