"""Open the request that would undo an edition, through the same gate as any other change."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid, NotFound
from access.principal import Principal
from domain.workflow import Kind
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.standing import Standing, place_of, read_standing
from index_service.changesets.tables import Change, ChangeSet
from index_service.changesets.validation import new_place
from index_service.editions.queries import find_edition
from index_service.editions.tables import Edition
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.open_ex_officio import open_ex_officio
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from storage.catalogue.tables import Page
from storage.database.locking import lock_row


def reverse_edition(
    session: Session,
    *,
    actor: Principal,
    number: int,
    reason: str,
    at: datetime,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Open a request with the inverse of an edition staged, to be confirmed and published as any other.

    Raises:
        NotFound: there is no such edition.
        Invalid: no reason.
        Conflict: its reversal is under way; a later edition touched its subjects; or the workflow refuses.
    """
    edition = find_edition(session, number)
    if edition is None:
        raise NotFound("edition_unknown", "查無此版次。", "There is no such edition.")
    if not reason.strip():
        raise Invalid("reason_needed", "請填寫撤銷版次的理由。", "Give the reason for reversing the edition.")
    lock_row(session, Edition, number)
    _require_first(session, number)
    changes = changes_of(session, edition.change_set_id)
    _require_untouched(changes, read_standing(session, edition.change_set_id))
    request = open_ex_officio(
        session,
        actor=actor,
        office_id=edition.office_id,
        form=_form(session.get_one(Request, edition.request_id), changes, reason),
        reverses_edition=number,
        at=at,
        rules=rules,
    )
    change_set = change_set_of(session, request.id)
    assert change_set is not None
    items = {item.page_id: item.id for item in items_of(session, request.id)}
    for change in changes:
        _stage_inverse(session, change_set, change, items[change.page_id], actor=actor, at=at)
    return request


def _form(original: Request, changes: Sequence[Change], reason: str) -> RequestForm:
    """Return the form of a reversal: one item a page, so that an office can dispute page by page."""
    images = any(change.entry_id is None for change in changes)
    pages = dict.fromkeys(change.page_id for change in changes)
    return RequestForm(
        kind=Kind.IMAGE_REBUILD if images else Kind.INDEX_CORRECTION,
        series_key=original.series_key,
        grounds=reason.strip(),
        items=tuple(ItemForm(fault_code="edition_reversed", page_id=page_id) for page_id in pages),
    )


def _require_first(session: Session, number: int) -> None:
    """Refuse a second reversal beside one under way: sent twice, it would be worked on twice."""
    under_way = (
        select(Request.number)
        .join(ChangeSet, ChangeSet.request_id == Request.id)
        .where(ChangeSet.reverses_edition == number, ChangeSet.state == "open")
    )
    standing = session.scalars(under_way.limit(1)).one_or_none()
    if standing is not None:
        raise Conflict(
            "reversal_under_way",
            f"此版次已由 {standing} 號申請辦理撤銷，請由該案續辦。",
            f"Request {standing} is reversing this edition already: go on with that one.",
            number=standing,
        )


def _require_untouched(changes: Sequence[Change], standing: Standing) -> None:
    touched = [change.subject for change in changes if not _stands_as_left(change, standing)]
    if touched:
        raise Conflict(
            "edition_overtaken",
            "其後的版次已更動同一對象，不能撤銷此版次；請改以新申請更正。",
            "A later edition touched the same subjects, so this one cannot be reversed: file a correction.",
            subjects=touched,
        )


def _stands_as_left(change: Change, standing: Standing) -> bool:
    if change.entry_id is not None:
        pinned = standing.entries.get(change.entry_id)
        return change.new_version_id == (pinned.version_id if pinned else None)
    if change.action.startswith("image"):
        return change.new_image_id == standing.images.get((change.page_id, change.view))
    return new_place(change) == standing.places.get(change.page_id)


def _stage_inverse(
    session: Session,
    change_set: ChangeSet,
    change: Change,
    item_id: uuid.UUID,
    *,
    actor: Principal,
    at: datetime,
) -> None:
    put_change(
        session,
        change_set=change_set,
        subject=change.subject,
        page=session.get_one(Page, change.page_id),
        view=change.view,
        item_id=item_id,
        actor=actor,
        at=at,
        **_inverse(change),
    )


def _inverse(change: Change) -> dict[str, Any]:
    """Return the columns that put back what a change took away."""
    if change.entry_id is not None:
        action = _opposite("entry", change.base_version_id, change.new_version_id)
        return {
            "action": action,
            "entry_id": change.entry_id,
            "base_version_id": change.new_version_id,
            "new_version_id": change.base_version_id,
        }
    if change.action.startswith("image"):
        action = _opposite("image", change.base_image_id, change.new_image_id)
        return {
            "action": action,
            "base_image_id": change.new_image_id,
            "new_image_id": change.base_image_id,
        }
    before, after = place_of(change.base_place), new_place(change)
    return {
        "action": "page_placed" if before else "page_withdrawn",
        "base_place": {"volume_id": str(after[0]), "sequence": after[1]} if after else None,
        "new_volume_id": before[0] if before else None,
        "new_sequence": before[1] if before else None,
    }


_OPPOSITES = {
    ("entry", "created"): "entry_retired",
    ("entry", "ended"): "entry_created",
    ("entry", "moved"): "entry_updated",
    ("image", "created"): "image_withdrawn",
    ("image", "ended"): "image_added",
    ("image", "moved"): "image_replaced",
}


def _opposite(noun: str, base: object, new: object) -> str:
    happened = "created" if base is None else "ended" if new is None else "moved"
    return _OPPOSITES[noun, happened]
