"""Take hold of a request that is about to change."""

import uuid

from sqlalchemy.orm import Session

from access.http.problems import NotFound, Stale
from access.principal import Principal
from index_service.requests.queries import find_request
from index_service.requests.tables import Request
from storage.database.locking import lock_row


def lock_request(
    session: Session, request_id: uuid.UUID, *, actor: Principal, row_version: int | None = None
) -> Request:
    """Return a request in the actor's sight, locked; `row_version` is the one the actor saw, if he says so.

    Raises:
        NotFound: there is none.
        Stale: it moved on since.
    """
    if find_request(session, request_id, actor=actor) is None:
        raise NotFound("request_unknown", "查無此申請案。", "There is no such request.")
    request = lock_row(session, Request, request_id)
    if row_version is not None and row_version != request.row_version:
        raise Stale(
            "stale",
            "本案已由他人處理，請重新檢視後再辦理。",
            "Somebody else acted on this request meanwhile: look again and decide anew.",
            current=f'"{request.row_version}"',
        )
    return request
