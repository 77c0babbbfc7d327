"""Which pages a confirmer has to open, and which he has."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action, Kind, pages_to_open
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.standing import read_staged_versions, read_standing
from index_service.changesets.tables import Change
from index_service.changesets.validation import after_change
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Opening, Request, RequestHistory
from storage.catalogue.tables import Page, PageImage
from storage.checks.still_counts import still_counts
from storage.checks.tables import PageFinding

IMAGE, VALUES = "image", "values"


def image_part(view: int) -> str:
    """Return the part that a page's view is opened as: a slip's second view is opened for itself."""
    return IMAGE if view == 1 else f"{IMAGE}/{view}"


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
    open all. The sample of a first load is seeded by the id of the delivering step: anybody can draw it
    again, and no operator can know it while he still works.
    """
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    changes = changes_of(session, change_set.id)
    after = after_change(
        changes, read_standing(session, change_set.id), read_staged_versions(session, change_set.id)
    )
    pictures: dict[uuid.UUID, set[str]] = {}
    for page_id, view in after.images:
        pictures.setdefault(page_id, set()).add(image_part(view))
    keeper_only = office_id is not None and office_id in {one.office_id for one in changes}
    keeper_only = keeper_only and office_id != request.office_id
    mine = {one.page_id for one in changes if not keeper_only or one.office_id == office_id}
    return [
        RequiredPage(page_id, frozenset({VALUES, *pictures.get(page_id, ())}), why)
        for page_id, why in _required(session, request, change_set.id, rules)
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
    session: Session, request: Request, change_set_id: uuid.UUID, rules: RequestRules
) -> list[tuple[uuid.UUID, str]]:
    pages = _in_register_order(session, change_set_id)
    if request.kind != Kind.FIRST_LOAD:
        return [(page_id, "changed") for page_id in pages]
    if request.whole_volume_required:
        return [(page_id, "whole_volume") for page_id in pages]
    fixed = request.pages_fixed
    if fixed is not None and fixed["delivery"] == request.delivery:
        return [(uuid.UUID(page_id), why) for page_id, why in fixed["pages"]]
    doubtful = _doubtful(session, change_set_id, rules)
    chosen = pages_to_open(
        Kind.FIRST_LOAD,
        [str(page_id) for page_id in pages],
        changed=[str(page_id) for page_id in pages],
        doubtful={str(page_id) for page_id in doubtful},
        sample_rate=rules.sample_rate,
        seed=_delivering_step(session, request),
    )
    found = [uuid.UUID(page_id) for page_id in chosen]
    return [(page_id, "doubtful" if page_id in doubtful else "sample") for page_id in found]


def _delivering_step(session: Session, request: Request) -> str:
    """Return the id of the history row of the current delivery; a part split off names its own first step."""
    query = (
        select(RequestHistory.id)
        .where(RequestHistory.request_id == request.id, RequestHistory.delivery == request.delivery)
        .order_by(RequestHistory.action != Action.DELIVER.value, RequestHistory.step)
    )
    return str(session.scalars(query.limit(1)).one())


def _in_register_order(session: Session, change_set_id: uuid.UUID) -> list[uuid.UUID]:
    changed = select(Change.page_id).where(Change.change_set_id == change_set_id)
    query = select(Page.id).where(Page.id.in_(changed)).order_by(Page.volume_id, Page.sequence, Page.id)
    return list(session.scalars(query))


def _doubtful(session: Session, change_set_id: uuid.UUID, rules: RequestRules) -> set[uuid.UUID]:
    ours = Change.change_set_id == change_set_id
    unsure = select(Change.page_id).where(ours, Change.least_confidence < rules.doubt_below)
    flagged = (
        select(PageImage.page_id)
        .join(Change, Change.new_image_id == PageImage.id)
        .where(ours, PageImage.flagged.is_(True))
    )
    compared = (
        select(PageImage.page_id)
        .join(Change, Change.new_image_id == PageImage.id)
        .join(PageFinding, PageFinding.page_image_id == PageImage.id)
        .where(ours, still_counts())
    )
    queries = (unsure, flagged, compared)
    return {page_id for query in queries for page_id in session.scalars(query.distinct())}
