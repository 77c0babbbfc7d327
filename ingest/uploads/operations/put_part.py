"""Take a part of an upload, where the store has no address of its own for clients."""

from access.principal import Principal
from ingest.uploads.parts_of_file import plan_parts
from ingest.uploads.problems import upload_over, wrong_part
from ingest.uploads.queries import visible_upload_at
from ingest.uploads.room import UploadRoom
from storage.objects.errors import ObjectMissing
from storage.objects.ports import UploadedPart


def put_part(room: UploadRoom, *, actor: Principal, reference: str, number: int, data: bytes) -> UploadedPart:
    """Store a part, in place of an earlier one of its number.

    Raises:
        NotFound: no such upload in the actor's sight.
        Conflict: the upload is not open any more.
        Invalid: the part is not as long as planned, or there is none of that number.
    """
    with room.database.reading() as session:
        upload, file = visible_upload_at(session, actor=actor, reference=reference)
    if upload.state != "open":
        raise upload_over(file)
    sizes = {part.number: part.size for part in plan_parts(file.size, upload.part_size)}
    if sizes.get(number) != len(data):
        raise wrong_part(number, sizes.get(number))
    try:
        return room.parts.put_part(reference, number, data)
    except ObjectMissing as error:
        raise upload_over(file) from error
