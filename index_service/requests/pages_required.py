"""Which pages a confirmer has to open, and which he has."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Kind, pages_to_open
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.standing import read_staged_versions, read_standing
from index_service.changesets.tables import Change
from index_service.changesets.validation import after_change
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Opening, Request
from storage.catalogue.tables import Page, PageImage

IMAGE, VALUES = "image", "values"


@dataclass(frozen=True, slots=True)
class RequiredPage:
    """A page to be opened: which parts, and why: "changed", "doubtful", "sample" or "whole_volume"."""

    page_id: uuid.UUID
    parts: frozenset[str]
    why: str


def pages_required(
    session: Session,
    request: Request,
    *,
    office_id: uuid.UUID | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> list[RequiredPage]:
    """Return the pages to be opened before the current delivery is confirmed, in register order.

    An office that has a say only because it keeps some of the pages opens those (`office_id`); the others
    open all. The sample of a first load is seeded by request and delivery, so anybody can draw it again.
    """
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    changes = changes_of(session, change_set.id)
    after = after_change(
        changes, read_standing(session, change_set.id), read_staged_versions(session, change_set.id)
    )
    pictured = {page_id for page_id, _ in after.images}
    keeper_only = office_id is not None and office_id in {one.office_id for one in changes}
    keeper_only = keeper_only and office_id != request.office_id
    mine = {one.page_id for one in changes if not keeper_only or one.office_id == office_id}
    return [
        RequiredPage(page_id, frozenset({VALUES, IMAGE} if page_id in pictured else {VALUES}), why)
        for page_id, why in _required(session, request, changes, rules)
        if page_id in mine
    ]


def pages_unopened(
    session: Session, request: Request, *, actor: Principal, rules: RequestRules = DEFAULT_RULES
) -> list[RequiredPage]:
    """Return the required pages of which this person has not been served every part."""
    required = pages_required(session, request, office_id=actor.office_id, rules=rules)
    query = select(Opening.page_id, Opening.part).where(
        Opening.request_id == request.id,
        Opening.delivery == request.delivery,
        Opening.account_id == actor.account_id,
    )
    opened = {(row.page_id, row.part) for row in session.execute(query)}
    return [one for one in required if any((one.page_id, part) not in opened for part in one.parts)]


def _required(
    session: Session, request: Request, changes: Sequence[Change], rules: RequestRules
) -> list[tuple[uuid.UUID, str]]:
    pages = _in_register_order(session, {change.page_id for change in changes})
    if request.kind != Kind.FIRST_LOAD:
        return [(page_id, "changed") for page_id in pages]
    if request.whole_volume_required:
        return [(page_id, "whole_volume") for page_id in pages]
    fixed = request.pages_fixed
    if fixed is not None and fixed["delivery"] == request.delivery:
        return [(uuid.UUID(page_id), why) for page_id, why in fixed["pages"]]
    doubtful = _doubtful(session, changes, rules)
    chosen = pages_to_open(
        Kind.FIRST_LOAD,
        [str(page_id) for page_id in pages],
        changed=[str(page_id) for page_id in pages],
        doubtful={str(page_id) for page_id in doubtful},
        sample_rate=rules.sample_rate,
        seed=f"{request.id}/{request.delivery}",
    )
    found = [uuid.UUID(page_id) for page_id in chosen]
    return [(page_id, "doubtful" if page_id in doubtful else "sample") for page_id in found]


def _in_register_order(session: Session, page_ids: set[uuid.UUID]) -> list[uuid.UUID]:
    wanted = [session.get_one(Page, page_id) for page_id in page_ids]
    return [page.id for page in sorted(wanted, key=lambda page: (page.volume_id, page.sequence, page.id))]


def _doubtful(session: Session, changes: Sequence[Change], rules: RequestRules) -> set[uuid.UUID]:
    unsure = {
        change.page_id
        for change in changes
        if change.least_confidence is not None and change.least_confidence < rules.doubt_below
    }
    images = [session.get_one(PageImage, one.new_image_id) for one in changes if one.new_image_id]
    return unsure | {image.page_id for image in images if image.flagged}
