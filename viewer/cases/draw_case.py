"""Draw a case: the search, what one look found, and every look so far."""

import uuid
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from access.http.problems import Problem
from access.principal import Principal
from index_service.editions.queries import current_edition
from index_service.lookups.queries import looks_of_case
from storage.database.session import Database
from viewer.cases.queries import granted_fields, own_case
from viewer.pages import Pages

# Best first; what each rule means is said beside every result.
RULES = {
    "exact": ("完全相符", "exact"),
    "variant": ("異體字相符", "variant form"),
    "wildcard": ("萬用字元相符", "wildcard"),
    "unreadable": ("含無法辨識的字", "unreadable character"),
    "listed": ("依其他條件列出", "by the other conditions"),
}


class CaseSheet:
    """Draws a case, before a look and with what it found."""

    def __init__(self, database: Database, pages: Pages) -> None:
        """Keep where cases are read and how pages are drawn."""
        self._database = database
        self._pages = pages

    def draw(
        self,
        request: Request,
        actor: Principal,
        case_id: uuid.UUID,
        typed: dict[str, str],
        problem: Problem | None = None,
        found: dict[str, Any] | None = None,
    ) -> Response:
        """Return the page; with `found`, the answer of one look; with a problem, why there is none."""
        with self._database.reading() as session:
            folder = own_case(session, case_id, actor=actor)
            values: dict[str, Any] = {
                "case": folder,
                "looks": looks_of_case(session, case_id),
                "granted": granted_fields(session, folder, actor),
                "edition": current_edition(session),
            }
        return self._pages.render(
            request,
            "case.html",
            principal=actor,
            problem=problem,
            typed=typed,
            found=found,
            rules=RULES,
            **values,
        )
