"""What both stores ask of a list of parts and of the object joined from them."""

from collections.abc import Sequence

from storage.objects.errors import ObjectCorrupt, ObjectMissing
from storage.objects.ports import StoredObject, UploadedPart


def require_parts(parts: Sequence[UploadedPart]) -> None:
    """Raise ValueError unless there is a part and no number comes twice."""
    if not parts or len({part.number for part in parts}) != len(parts):
        raise ValueError("an upload is completed from at least one part, each number once")


def require_completed(key: str, found: StoredObject | None, parts: Sequence[UploadedPart]) -> None:
    """Raise ObjectMissing or ObjectCorrupt unless `found` can be the object that the parts made earlier."""
    if found is None:
        raise ObjectMissing(f"{key}: this upload is neither open nor complete; begin it again")
    size = sum(part.size for part in parts)
    if found.size != size:
        raise ObjectCorrupt(f"{key}: complete with {found.size} bytes, but the parts have {size}")
