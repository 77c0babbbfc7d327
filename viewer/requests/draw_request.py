"""Draw one request: what is asked, which pages to open, what may be done."""

import uuid

from fastapi import Request
from fastapi.responses import Response

from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.queries import pages_of
from viewer.requests.read_request import read_request


class RequestSheet:
    """Draws a request, as it stands and as it is after a refused act."""

    def __init__(self, database: Database, pages: Pages) -> None:
        """Keep where requests are read and how pages are drawn."""
        self._database = database
        self._pages = pages

    def draw(
        self, request: Request, actor: Principal, request_id: uuid.UUID, problem: Problem | None = None
    ) -> Response:
        """Return the page; with a problem, why the act was refused."""
        with self._database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            to_open = pages_of(session, file.request, actor)
        return self._pages.render(
            request,
            "request.html",
            principal=actor,
            problem=problem,
            file=file,
            to_open=to_open,
            left=[one for one in to_open if one.required and not one.opened],
            may_draft=actor.may(Permission.REQUEST_DRAFT) and actor.office_id == file.request.office_id,
        )
