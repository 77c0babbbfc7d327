"""What both stores ask of a list of parts and of the object joined from them."""

from collections.abc import Iterable, Sequence

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


def newest_parts(versions: Iterable[tuple[UploadedPart, str]]) -> list[UploadedPart]:
    """The last version of each part, by number, from versions with the sortable moments they were held.

    Some servers list superseded versions too, dated to the second: a number with different bytes in
    its last second is left out, so that the client sends it again.
    """
    newest: dict[int, tuple[str, set[UploadedPart]]] = {}
    for part, held in versions:
        last, same = newest.get(part.number, ("", set()))
        if held > last:
            newest[part.number] = (held, {part})
        elif held == last:
            same.add(part)
    return [same.pop() for _, (_, same) in sorted(newest.items()) if len(same) == 1]
