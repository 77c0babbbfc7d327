"""The search and the page. Every look is on record before anything is shown."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi import Query as InAddress
from fastapi.responses import HTMLResponse, Response

from access.http.guard import Guard
from access.http.problems import Invalid, Problem
from access.permissions import Permission
from access.principal import Principal
from index_service.lookups.operations.look_at_image import look_at_image
from index_service.lookups.operations.look_up import look_up
from index_service.search.query import Query
from storage.database.session import Database
from storage.objects.ports import ObjectStore
from viewer.cases.draw_case import CaseSheet
from viewer.cases.queries import granted_fields, own_case, results, views_shown
from viewer.pages import Pages


def make_router(
    *, guard: Guard, database: Database, store: ObjectStore, pages: Pages, now: Callable[[], datetime]
) -> APIRouter:
    """Return the routes of looks under a case."""
    router = APIRouter(prefix="/cases", include_in_schema=False)
    sheet = CaseSheet(database, pages)
    searcher = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_SEARCH))]
    looker = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_IMAGE))]

    @router.get("/{case_id}", response_class=HTMLResponse)
    def get_case(request: Request, case_id: uuid.UUID, actor: searcher) -> Response:
        return sheet.draw(request, actor, case_id, {})

    @router.post("/{case_id}/look-up", response_class=HTMLResponse)
    def post_look_up(
        request: Request,
        case_id: uuid.UUID,
        actor: searcher,
        name: Annotated[str, Form(max_length=50)] = "",
        place: Annotated[str, Form(max_length=100)] = "",
        date: Annotated[str, Form(max_length=50)] = "",
        volume: Annotated[str, Form(max_length=64)] = "",
        leaf: Annotated[str, Form(max_length=32)] = "",
        as_of: Annotated[str, Form(max_length=9)] = "",
    ) -> Response:
        typed = {
            "name": name, "place": place, "date": date, "volume": volume, "leaf": leaf, "as_of": as_of
        }  # fmt: skip
        query = Query(name=name, place=place, date=date, volume=volume, page=leaf)
        try:
            answer = look_up(
                database, actor=actor, case_folder_id=case_id, query=query, as_of=_edition(as_of), now=now
            )
        except Problem as problem:
            return sheet.draw(request, actor, case_id, typed, problem)
        with database.reading() as session:
            shown = results(session, answer.hits, actor)
        found = {
            "hits": shown, "receipt": answer.receipt, "edition": answer.edition, "more": answer.more
        }  # fmt: skip
        return sheet.draw(request, actor, case_id, typed, found=found)

    @router.get("/{case_id}/entries/{entry_id}", response_class=HTMLResponse)
    def get_entry(
        request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, actor: looker, as_of: str = ""
    ) -> Response:
        with database.reading() as session:
            folder = own_case(session, case_id, actor=actor)
            granted = granted_fields(session, folder, actor)
            views = views_shown(session, folder, entry_id, actor, _edition(as_of))
        return pages.render(
            request,
            "case_page.html",
            principal=actor,
            case=folder,
            entry_id=entry_id,
            as_of=as_of,
            granted=granted,
            views=views,
            whole=folder.agreement_id is None,
        )

    @router.get("/{case_id}/entries/{entry_id}/page.jpg", response_class=Response)
    def get_image(
        case_id: uuid.UUID,
        entry_id: uuid.UUID,
        actor: looker,
        as_of: str = "",
        view: Annotated[int | None, InAddress(ge=1, le=99)] = None,
    ) -> Response:
        """Perform the look: each time the picture is sent is one look on record, with its own receipt."""
        answer = look_at_image(
            database,
            store,
            actor=actor,
            case_folder_id=case_id,
            entry_id=entry_id,
            as_of=_edition(as_of),
            view=view,
            now=now,
        )
        headers = {"Huji-Receipt": answer.receipt, "Huji-Edition": str(answer.edition)}
        return Response(answer.jpeg, media_type="image/jpeg", headers=headers)

    return router


def _edition(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Invalid("edition_invalid", "版次請填數字。", "An edition is a number.")
    return int(text)
