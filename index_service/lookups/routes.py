"""The look-up API."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from access.http.guard import Guard
from access.http.idempotency import Answer as OnceAnswer
from access.http.idempotency import answer_once
from access.http.problems import NotFound
from access.permissions import Permission
from access.principal import Principal
from index_service.lookups import schemas
from index_service.lookups.operations.close_case import close_case
from index_service.lookups.operations.look_at_image import look_at_image
from index_service.lookups.operations.look_up import Answer, look_up
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.queries import find_open_case, own_cases
from index_service.search.query import Query
from storage.database.session import Database
from storage.objects.ports import ObjectStore


def make_router(
    *, guard: Guard, database: Database, store: ObjectStore, now: Callable[[], datetime]
) -> APIRouter:
    """Return the routes of case folders and looks."""
    router = APIRouter(prefix="/api/v1", tags=["lookups"])
    opener = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_OPEN_CASE))]
    searcher = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_SEARCH))]
    looker = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_IMAGE))]

    @router.post("/cases", status_code=201)
    def post_case(
        body: schemas.OpenCase,
        actor: opener,
        idempotency_key: Annotated[str | None, Header()] = None,
    ) -> schemas.Case:
        with database.writing() as session:

            def create() -> OnceAnswer:
                folder = open_case(
                    session,
                    actor=actor,
                    purpose=body.purpose,
                    case_number=body.case_number,
                    legal_basis=body.legal_basis,
                    agreement_id=body.agreement,
                    at=now(),
                )
                made = schemas.Case.model_validate(folder, from_attributes=True)
                return OnceAnswer(201, made.model_dump(mode="json"))

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route="POST /cases",
                body=body.model_dump(mode="json"),
                create=create,
                at=now(),
            )
        return schemas.Case.model_validate(answer.body)

    @router.get("/cases")
    def get_cases(actor: opener) -> list[schemas.Case]:
        with database.reading() as session:
            found = own_cases(session, actor)
            return [schemas.Case.model_validate(folder, from_attributes=True) for folder in found]

    @router.post("/cases/{case_id}/close", status_code=204)
    def post_close(case_id: uuid.UUID, actor: opener) -> None:
        with database.writing() as session:
            folder = find_open_case(session, case_id, actor=actor)
            if folder is None:
                raise NotFound("no_case", "查無此案件。", "There is no such open case of yours.")
            close_case(session, actor=actor, folder=folder, at=now())

    @router.post("/lookups")
    def post_lookup(body: schemas.Search, actor: searcher) -> schemas.SearchAnswer:
        answer = look_up(
            database,
            actor=actor,
            case_folder_id=body.case,
            query=_query(body),
            as_of=body.as_of,
            now=now,
        )
        return _answered(answer)

    @router.post("/lookups/images", response_class=Response)
    def post_image(body: schemas.LookAtImage, actor: looker) -> Response:
        answer = look_at_image(
            database,
            store,
            actor=actor,
            case_folder_id=body.case,
            entry_id=body.entry,
            as_of=body.as_of,
            view=body.view,
            now=now,
        )
        headers = {
            "Cache-Control": "no-store",
            "Huji-Receipt": answer.receipt,
            "Huji-Edition": str(answer.edition),
        }
        return Response(answer.jpeg, media_type="image/jpeg", headers=headers)

    return router


def _query(body: schemas.Search) -> Query:
    return Query(
        name=body.name,
        name_fields=tuple(body.name_fields) if body.name_fields else None,
        place=body.place,
        date=body.date,
        volume=body.volume,
        page=body.page,
        office_id=body.office,
        series=body.series,
    )


def _answered(answer: Answer) -> schemas.SearchAnswer:
    return schemas.SearchAnswer(
        lookup=answer.lookup_id,
        receipt=answer.receipt,
        edition=answer.edition,
        more=answer.more,
        hits=[
            schemas.Hit(
                entry=hit.entry_id,
                version=hit.version_id,
                series=hit.series_key,
                rule=hit.rule,
                fields=hit.fields,
                has_image=hit.has_image,
            )
            for hit in answer.hits
        ],
    )
