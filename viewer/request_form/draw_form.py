"""Draw the application form with what was typed in it."""

import uuid

from fastapi import Request
from fastapi.responses import Response

from access.http.problems import Problem
from access.principal import Principal
from storage.database.session import Database
from viewer.pages import Pages
from viewer.request_form.form_page import form_values
from viewer.request_form.read_form import TypedForm


class FormSheet:
    """Draws the form, new or stored, and again after a refusal."""

    def __init__(self, database: Database, pages: Pages) -> None:
        """Keep where the choices are read and how pages are drawn."""
        self._database = database
        self._pages = pages

    def draw(
        self,
        request: Request,
        actor: Principal,
        typed: TypedForm,
        *,
        problem: Problem | None = None,
        request_id: uuid.UUID | None = None,
        row_version: int = 0,
    ) -> Response:
        """Return the page with what was typed in it."""
        with self._database.reading() as session:
            values = form_values(session, actor, typed)
        return self._pages.render(
            request,
            "request_form.html",
            principal=actor,
            problem=problem,
            request_id=request_id,
            row_version=row_version,
            **values,
        )
