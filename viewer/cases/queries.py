"""A party's own case, and what it may state when it opens one."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.agencies.queries import agreements_in_force, scope_of_agreement
from index_service.agencies.tables import Agreement
from index_service.editions.queries import current_edition
from index_service.lookups.edition_asked import edition_asked
from index_service.lookups.operations.look_up import ShownHit
from index_service.lookups.queries import views_behind
from index_service.lookups.tables import CaseFolder
from index_service.search.scope import Scope, scope_of_office
from storage.catalogue.tables import Page, Volume
from storage.organisations.tables import Office
from viewer.words import field_label


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as it may be shown."""

    key: str
    zh: str
    en: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """One hit with the names of where it stands."""

    entry_id: uuid.UUID
    series_key: str
    rule: str
    name: str
    fields: tuple[ShownField, ...]
    volume: str
    page: str
    office: str
    own: bool
    has_image: bool


def own_case(session: Session, case_id: uuid.UUID, *, actor: Principal) -> CaseFolder:
    """Return a case of the actor's organisation, open or closed.

    Raises:
        NotFound: there is none.
    """
    folder = session.get(CaseFolder, case_id)
    own = folder is not None and (
        folder.agency_id == actor.agency_id
        if actor.agency_id
        else folder.agency_id is None and folder.office_id == actor.office_id
    )
    if folder is None or not own:
        raise NotFound(
            "no_case", "查無此案件；請先開立案件。", "There is no such case of yours: open one first."
        )
    return folder


def purposes_agreed(session: Session, actor: Principal, at: datetime) -> list[tuple[Agreement, str]]:
    """Return each purpose that an agreement in force names, with the agreement; empty for an office."""
    if actor.agency_id is None:
        return []
    agreements = agreements_in_force(session, agency_id=actor.agency_id, at=at)
    return [(agreement, str(purpose)) for agreement in agreements for purpose in agreement.purposes]


def granted_fields(session: Session, folder: CaseFolder, actor: Principal) -> list[ShownField]:
    """Return the fields this case may be shown, of every series it covers, each label once."""
    labels: dict[str, ShownField] = {}
    for series_key, keys in _scope(session, folder, actor).fields.items():
        for key in sorted(keys):
            label = field_label(series_key, key)
            labels.setdefault(label.zh, ShownField(key, label.zh, label.en, ""))
    return list(labels.values())


def views_shown(
    session: Session, folder: CaseFolder, entry_id: uuid.UUID, actor: Principal, as_of: int | None
) -> list[int]:
    """Return the views of an entry's page that this case may be shown; showing one is a look of its own."""
    edition = edition_asked(current_edition(session), as_of)
    scope = _scope(session, folder, actor)
    return views_behind(session, entry_id=entry_id, edition=edition, scope=scope)


def results(session: Session, hits: tuple[ShownHit, ...], actor: Principal) -> list[Result]:
    """Return hits with the names of where they stand; no field beyond those already granted."""
    return [_result(session, hit, actor) for hit in hits]


def _scope(session: Session, folder: CaseFolder, actor: Principal) -> Scope:
    if folder.agreement_id is not None:
        return scope_of_agreement(session, session.get_one(Agreement, folder.agreement_id))
    assert actor.office_id is not None, "a case without an agreement is an office's"
    return scope_of_office(actor.office_id)


def _result(session: Session, hit: ShownHit, actor: Principal) -> Result:
    page = session.get_one(Page, hit.page_id)
    labels = {key: field_label(hit.series_key, key) for key in hit.fields}
    return Result(
        entry_id=hit.entry_id,
        series_key=hit.series_key,
        rule=hit.rule,
        name=str(hit.fields.get("name", {}).get("text") or "—"),
        fields=tuple(
            ShownField(key, labels[key].zh, labels[key].en, str(value.get("text") or ""))
            for key, value in hit.fields.items()
            if key != "name" and value.get("text")
        ),
        volume=session.get_one(Volume, page.volume_id).designation,
        page=page.designation,
        office=session.get_one(Office, hit.office_id).name,
        own=hit.office_id == actor.office_id,
        has_image=hit.has_image,
    )
