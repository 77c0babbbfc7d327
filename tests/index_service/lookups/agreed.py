"""An agency with an agreement and an open case."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from access.principal import SYSTEM, Principal
from index_service.agencies.operations.approve_agreement import approve_agreement
from index_service.agencies.tables import Agreement
from index_service.lookups.operations.look_up import Answer, look_up
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.tables import CaseFolder
from index_service.search.query import Query
from storage.database.session import Database
from tests.index_service.scene import NOW, SERIES, Scene

PURPOSE = "遺產稅查核"


def agree(session: Session, scene: Scene, fields: Sequence[str] = ("name",), **granted: object) -> Agreement:
    """Grant the scene's agency some fields of the colonial register for five years."""
    return approve_agreement(
        session,
        actor=SYSTEM,
        agency_id=scene.agency.id,
        legal_basis="遺產及贈與稅法第三十條",
        purposes=[PURPOSE],
        fields={SERIES: list(fields)},
        custodian="李保管",
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=365),
        at=NOW,
        **granted,  # type: ignore[arg-type] # tests pass office_codes or whole_pages
    )


def open_agency_case(session: Session, scene: Scene) -> CaseFolder:
    """A case of the scene's agency."""
    return open_case(session, actor=scene.agent, purpose=PURPOSE, case_number="115-稅-0001", at=NOW)


def ask(
    database: Database, actor: Principal, case_id: uuid.UUID, as_of: int | None = None, **question: str
) -> Answer:
    """Look somebody up."""
    return look_up(
        database,
        actor=actor,
        case_folder_id=case_id,
        query=Query(**question),  # type: ignore[arg-type] # tests ask by text alone
        as_of=as_of,
        now=lambda: NOW,
    )


def names(answer: Answer) -> list[str]:
    """The names an answer shows, best first."""
    return [hit.fields["name"]["text"] for hit in answer.hits]
