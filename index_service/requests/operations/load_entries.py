"""Take the entries of one volume of a file through a first load to an edition, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import SYSTEM, Principal
from index_service.changesets.queries import changes_of
from index_service.requests.load_plan import VolumeLoad
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.open_load import open_load
from index_service.requests.operations.prepare_pages import prepare_pages
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.record_openings import record_openings
from index_service.requests.operations.stage_load import stage_load
from index_service.requests.operations.start_request import start_request
from index_service.requests.pages_required import pages_required
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from index_service.volumes.operations.register_volume import register_volume
from storage.catalogue.tables import Volume
from storage.database.locking import lock_row


@dataclass(frozen=True, slots=True)
class LoadPeople:
    """Who answers: for assigning it, for what is staged and delivered, for the office, for publishing."""

    assigner: Principal
    operator: Principal
    confirmer: Principal
    publisher: Principal


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one volume's entries."""

    request_number: str
    edition: int
    entries: int
    pages: int
    registered: bool


Told = Callable[[str, int], None]


def load_entries(
    session: Session,
    *,
    load: VolumeLoad,
    people: LoadPeople,
    file_sha256: str,
    at: datetime,
    rules: RequestRules = DEFAULT_RULES,
    tell: Told = lambda _step, _count: None,
) -> Loaded | None:
    """Publish the entries of one volume by a first load of its own; None where this file did so before.

    Every step is taken by the person named for it and judged by the workflow. What the confirmer has to open
    is recorded as opened in his name: the event `load.published` says that a load did so. A volume that is
    not registered is registered by the system. `tell` hears each step, and how many entries were staged.

    Raises:
        Conflict: the workflow refuses a step; `reasons` lists why.
        NotFound: the confirmer is of an office that does not see the request.
        Invalid: values out of shape or not of the series.
    """
    volume = _volume(session, load, at=at)
    request = open_load(session, volume=volume, file_sha256=file_sha256, at=at, rules=rules)
    if request is None:
        return None
    _begin(session, request, people, at=at)
    pages = prepare_pages(session, volume=volume, designations=[line.page for line in load.lines], at=at)
    change_set = stage_load(
        session,
        request=request,
        load=load,
        pages=pages,
        actor=people.operator,
        at=at,
        staged=lambda count: tell("stage", count),
    )
    # Held until the end, so that the steps that follow meet these rows again instead of building them anew.
    changes = changes_of(session, change_set.id)
    edition, opened = _finish(session, request, people, at=at, rules=rules, tell=tell)
    found = Loaded(request.number, edition, len(load.lines), len(pages), load.volume_id is None)
    facts = {"file": file_sha256, "changes": len(changes), "parts_opened_by_load": opened}
    _record(session, request, found, facts, at=at)
    return found


def _volume(session: Session, load: VolumeLoad, *, at: datetime) -> Volume:
    if load.volume_id is not None:
        return lock_row(session, Volume, load.volume_id)
    return register_volume(
        session,
        actor=SYSTEM,
        office_id=load.office_id,
        series_key=load.series_key,
        designation=load.designation,
        at=at,
    )


def _begin(session: Session, request: Request, people: LoadPeople, *, at: datetime) -> None:
    operator_id = people.operator.account_id
    assert operator_id is not None, "whoever answers for a load is a person with an account"
    reassign_request(session, actor=people.assigner, request_id=request.id, operator_id=operator_id, at=at)
    start_request(session, actor=people.operator, request_id=request.id, at=at)


def _finish(
    session: Session, request: Request, people: LoadPeople, *, at: datetime, rules: RequestRules, tell: Told
) -> tuple[int, int]:
    """Deliver, open, confirm and publish; return the edition's number and how many parts were opened."""
    tell("deliver", 0)
    deliver_request(session, actor=people.operator, request_id=request.id, at=at)
    tell("confirm", 0)
    required = pages_required(session, request, office_id=people.confirmer.office_id, rules=rules)
    opened = record_openings(session, request, actor=people.confirmer, pages=required, at=at)
    confirm_request(session, actor=people.confirmer, request_id=request.id, at=at, rules=rules)
    tell("publish", 0)
    edition = publish_request(session, actor=people.publisher, request_id=request.id, at=at, rules=rules)
    return edition.number, opened


def _record(
    session: Session, request: Request, loaded: Loaded, facts: dict[str, object], *, at: datetime
) -> None:
    record_event(
        session,
        actor=SYSTEM,
        action="load.published",
        subject_kind="request",
        subject_id=str(request.id),
        facts={
            **facts,
            "edition": loaded.edition,
            "entries": loaded.entries,
            "pages": loaded.pages,
            "volume_registered_by_system": loaded.registered,
        },
        at=at,
    )
