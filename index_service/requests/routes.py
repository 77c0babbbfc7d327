"""The API of requests: reading, drafting and editing; the steps are in the other route modules."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.http.idempotency import Answer, answer_once
from access.http.preconditions import etag, version_named
from access.permissions import Permission
from access.principal import Principal
from domain.workflow import Kind, State
from index_service.requests import schemas
from index_service.requests.detail import Detail, describe_request, see_request
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.edit_request import edit_request
from index_service.requests.operations.open_ex_officio import open_ex_officio
from index_service.requests.pages_required import pages_required, pages_unopened
from index_service.requests.queries import history_of, list_requests
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from storage.database.session import Database

IfMatch = Annotated[str | None, Header()]
Key = Annotated[str | None, Header()]


def make_router(
    *,
    guard: Guard,
    database: Database,
    now: Callable[[], datetime],
    rules: RequestRules = DEFAULT_RULES,
) -> APIRouter:
    """Return the routes that read, draft, open and edit requests."""
    router = APIRouter(prefix="/api/v1/requests", tags=["requests"])
    _add_reading(router, guard, database, rules)
    _add_writing(router, guard, database, now, rules)
    return router


def _add_reading(router: APIRouter, guard: Guard, database: Database, rules: RequestRules) -> None:
    viewer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_VIEW))]

    @router.get("")
    def get_requests(
        actor: viewer,
        state: Annotated[list[State] | None, Query()] = None,
        kind: Annotated[list[Kind] | None, Query()] = None,
        operator_id: uuid.UUID | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> schemas.RequestList:
        """List the requests in sight, newest first."""
        with database.reading() as session:
            rows = list_requests(
                session,
                actor=actor,
                states=[one.value for one in state or ()],
                kinds=[one.value for one in kind or ()],
                operator_id=operator_id,
                before=decode_cursor(cursor, uuid.UUID)[0] if cursor else None,
                limit=limit,
            )
            return schemas.RequestList(
                requests=[schemas.RequestOut.model_validate(row) for row in rows],
                next=encode_cursor(rows[-1].id) if len(rows) == limit else None,
            )

    @router.get("/{request_id}")
    def get_request(request_id: uuid.UUID, actor: viewer, response: Response) -> schemas.RequestDetail:
        """Read a request, its items, and what the reader may do next."""
        with database.reading() as session:
            detail = describe_request(session, request_id, actor=actor, rules=rules)
            response.headers["ETag"] = etag(detail.request.row_version)
            return _detail(detail)

    @router.get("/{request_id}/history")
    def get_history(request_id: uuid.UUID, actor: viewer) -> list[schemas.StepOut]:
        """Read every step a request took."""
        with database.reading() as session:
            request = see_request(session, request_id, actor=actor)
            return [schemas.StepOut.model_validate(step) for step in history_of(session, request.id)]

    @router.get("/{request_id}/pages-required")
    def get_pages(request_id: uuid.UUID, actor: viewer) -> list[schemas.RequiredPageOut]:
        """List the pages to be opened before this person confirms."""
        with database.reading() as session:
            request = see_request(session, request_id, actor=actor)
            left = {one.page_id for one in pages_unopened(session, request, actor=actor, rules=rules)}
            return [
                schemas.RequiredPageOut(
                    page_id=one.page_id,
                    parts=sorted(one.parts),
                    why=one.why,
                    opened=one.page_id not in left,
                )
                for one in pages_required(session, request, office_id=actor.office_id, rules=rules)
            ]


def _add_writing(
    router: APIRouter,
    guard: Guard,
    database: Database,
    now: Callable[[], datetime],
    rules: RequestRules,
) -> None:
    drafter = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_DRAFT))]
    opener = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_ACCEPT))]

    @router.post("", status_code=201)
    def post_request(
        body: schemas.RequestIn, actor: drafter, idempotency_key: Key = None
    ) -> schemas.RequestOut:
        """Draft a request of one's own office."""
        with database.writing() as session:
            at = now()

            def create() -> Answer:
                request = draft_request(session, actor=actor, form=_form(body), at=at)
                return Answer(201, schemas.RequestOut.model_validate(request).model_dump(mode="json"))

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route="POST /requests",
                body=body.model_dump(mode="json"),
                create=create,
                at=at,
            )
        return schemas.RequestOut.model_validate(answer.body)

    @router.post("/opened", status_code=201)
    def post_opened(body: schemas.OpenIn, actor: opener, idempotency_key: Key = None) -> schemas.RequestOut:
        """Open a request of the ministry's own accord (依職權)."""
        with database.writing() as session:
            at = now()

            def create() -> Answer:
                request = open_ex_officio(
                    session, actor=actor, office_id=body.office_id, form=_form(body), at=at, rules=rules
                )
                return Answer(201, schemas.RequestOut.model_validate(request).model_dump(mode="json"))

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route="POST /requests/opened",
                body=body.model_dump(mode="json"),
                create=create,
                at=at,
            )
        return schemas.RequestOut.model_validate(answer.body)

    @router.put("/{request_id}")
    def put_request(
        request_id: uuid.UUID,
        body: schemas.RequestIn,
        actor: drafter,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Replace the form of a drafted or returned request; a loser gets his form back with 412."""
        with database.writing() as session:
            request = edit_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_named(if_match),
                form=_form(body),
                at=now(),
            )
            response.headers["ETag"] = etag(request.row_version)
            return schemas.RequestOut.model_validate(request)


def _form(body: schemas.RequestIn) -> RequestForm:
    return RequestForm(
        kind=body.kind,
        series_key=body.series_key,
        contact=body.contact,
        grounds=body.grounds,
        letter_number=body.letter_number,
        items=tuple(ItemForm(**item.model_dump()) for item in body.items),
    )


def _detail(detail: Detail) -> schemas.RequestDetail:
    return schemas.RequestDetail(
        request=schemas.RequestOut.model_validate(detail.request),
        items=[schemas.ItemOut.model_validate(item) for item in detail.items],
        change_set_id=detail.change_set_id,
        actions=[action.value for action in detail.actions],
        offices_to_confirm=sorted(detail.offices_to_confirm),
        offices_confirmed=sorted(detail.offices_confirmed),
    )
