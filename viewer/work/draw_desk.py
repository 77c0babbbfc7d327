"""Draw the operator's desk: the queue, the entry in hand, its page, what may be done."""

import uuid
from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response

from access.http.problems import Problem, Stale
from access.principal import Principal
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.read_request import read_request
from viewer.work.item_desk import item_desks
from viewer.work.queries import entry_desk, staged_entries, staged_images


class Desk:
    """Draws the desk, as it stands and as it is after a refused act."""

    def __init__(self, database: Database, pages: Pages) -> None:
        """Keep where requests are read and how pages are drawn."""
        self._database = database
        self._pages = pages

    def draw(
        self,
        request: Request,
        actor: Principal,
        request_id: uuid.UUID,
        change_id: uuid.UUID | None,
        problem: Problem | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the page; with a problem, what was typed stays in the fields."""
        with self._database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            queue = staged_entries(session, file.request)
            chosen = change_id or (queue[0].change_id if queue else None)
            current = entry_desk(session, file.request, chosen, actor=actor) if chosen else None
            images = staged_images(session, file.request)
            items = item_desks(session, file.request, file.items)
        place = next((n for n, line in enumerate(queue) if line.change_id == chosen), 0)
        return self._pages.render(
            request,
            "work.html",
            principal=actor,
            problem=problem,
            file=file,
            queue=queue,
            current=current,
            before=queue[place - 1] if place > 0 else None,
            after=queue[place + 1] if place + 1 < len(queue) else None,
            images=images,
            items=items,
            typed=typed or {},
            stale=isinstance(problem, Stale),
            editable=file.line.state == "in_maintenance" and file.request.operator_id == actor.account_id,
        )
