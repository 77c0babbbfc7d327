"""Looking up: the case first, then the search, then the page. Every look is on record before it is shown."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import Guard
from access.http.problems import Invalid, Problem
from access.permissions import Permission
from access.principal import Principal
from index_service.editions.queries import current_edition
from index_service.lookups.operations.close_case import close_case
from index_service.lookups.operations.look_at_image import look_at_image
from index_service.lookups.operations.look_up import look_up
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.queries import looks_of_case, own_cases
from index_service.search.query import Query
from storage.database.session import Database
from storage.objects.ports import ObjectStore
from viewer.cases.queries import granted_fields, own_case, purposes_agreed, results
from viewer.pages import Pages

# Best first; what each rule means is said beside every result.
RULES = {
    "exact": ("完全相符", "exact"),
    "variant": ("異體字相符", "variant form"),
    "wildcard": ("萬用字元相符", "wildcard"),
    "unreadable": ("含無法辨識的字", "unreadable character"),
    "listed": ("依其他條件列出", "by the other conditions"),
}


def make_router(
    *, guard: Guard, database: Database, store: ObjectStore, pages: Pages, now: Callable[[], datetime]
) -> APIRouter:
    """Return the routes of case folders and looks."""
    router = APIRouter(prefix="/cases", include_in_schema=False)
    opener = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_OPEN_CASE))]
    searcher = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_SEARCH))]
    looker = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_IMAGE))]

    @router.get("", response_class=HTMLResponse)
    def get_cases(request: Request, actor: opener) -> Response:
        return listing(request, actor, {})

    def listing(
        request: Request, actor: Principal, typed: dict[str, str], problem: Problem | None = None
    ) -> Response:
        with database.reading() as session:
            cases = own_cases(session, actor)
            purposes = purposes_agreed(session, actor, now())
        return pages.render(
            request,
            "cases.html",
            principal=actor,
            problem=problem,
            cases=cases,
            purposes=purposes,
            typed=typed,
        )

    @router.post("")
    def post_case(
        request: Request,
        actor: opener,
        purpose: Annotated[str, Form()] = "",
        case_number: Annotated[str, Form()] = "",
        legal_basis: Annotated[str, Form()] = "",
    ) -> Response:
        agreement, _, named = purpose.partition("|")
        try:
            with database.writing() as session:
                folder = open_case(
                    session,
                    actor=actor,
                    purpose=named or purpose,
                    case_number=case_number,
                    legal_basis=legal_basis,
                    agreement_id=_id(agreement) if named else None,
                    at=now(),
                )
        except Problem as problem:
            typed = {"purpose": purpose, "case_number": case_number, "legal_basis": legal_basis}
            return listing(request, actor, typed, problem)
        return RedirectResponse(f"/cases/{folder.id}", 303)

    @router.get("/{case_id}", response_class=HTMLResponse)
    def get_case(request: Request, case_id: uuid.UUID, actor: searcher) -> Response:
        return page(request, actor, case_id, {})

    def page(
        request: Request,
        actor: Principal,
        case_id: uuid.UUID,
        typed: dict[str, str],
        problem: Problem | None = None,
        found: dict[str, Any] | None = None,
    ) -> Response:
        with database.reading() as session:
            folder = own_case(session, case_id, actor=actor)
            values = {
                "case": folder,
                "looks": looks_of_case(session, case_id),
                "granted": granted_fields(session, folder, actor),
                "edition": current_edition(session),
            }
        return pages.render(
            request,
            "case.html",
            principal=actor,
            problem=problem,
            typed=typed,
            found=found,
            rules=RULES,
            **values,
        )

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
            return page(request, actor, case_id, typed, problem)
        with database.reading() as session:
            shown = results(session, answer.hits, actor)
        found = {
            "hits": shown, "receipt": answer.receipt, "edition": answer.edition, "more": answer.more
        }  # fmt: skip
        return page(request, actor, case_id, typed, found=found)

    @router.post("/{case_id}/close")
    def post_close(case_id: uuid.UUID, actor: opener) -> Response:
        with database.writing() as session:
            close_case(session, actor=actor, folder=own_case(session, case_id, actor=actor), at=now())
        return RedirectResponse("/cases", 303)

    @router.get("/{case_id}/entries/{entry_id}", response_class=HTMLResponse)
    def get_entry(
        request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, actor: looker, as_of: str = ""
    ) -> Response:
        with database.reading() as session:
            folder = own_case(session, case_id, actor=actor)
            granted = granted_fields(session, folder, actor)
        return pages.render(
            request,
            "case_page.html",
            principal=actor,
            case=folder,
            entry_id=entry_id,
            as_of=as_of,
            granted=granted,
            whole=folder.agreement_id is None,
        )

    @router.get("/{case_id}/entries/{entry_id}/page.jpg", response_class=Response)
    def get_image(case_id: uuid.UUID, entry_id: uuid.UUID, actor: looker, as_of: str = "") -> Response:
        """Perform the look: each time the picture is sent is one look on record, with its own receipt."""
        answer = look_at_image(
            database,
            store,
            actor=actor,
            case_folder_id=case_id,
            entry_id=entry_id,
            as_of=_edition(as_of),
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


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
