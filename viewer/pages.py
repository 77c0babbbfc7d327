"""Drawing pages: one Jinja environment, one way to render."""

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from access.http.problems import Problem
from access.principal import Principal
from viewer.menu import menu_of, role_labels
from viewer.words import teach_words


class Pages:
    """Renders templates; every variable a template names must be given."""

    def __init__(self) -> None:
        """Take the packaged templates, compiled once a process."""
        self._environment = _environment()

    def render(
        self,
        request: Request,
        template: str,
        *,
        principal: Principal | None = None,
        status: int = 200,
        problem: Problem | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """Return a page, framed for the party that is signed in.

        With a `problem` the page has its status: the person sees what was wrong beside what was typed.
        """
        text = self._environment.get_template(template).render(
            principal=principal,
            menu=menu_of(principal) if principal else [],
            role_labels=role_labels(principal) if principal else [],
            here="/" + request.url.path.strip("/").split("/")[0],
            problem=problem,
            **values,
        )
        return HTMLResponse(text, problem.status if problem else status)

    def error(self, request: Request, problem: Problem) -> HTMLResponse:
        """Return the page that tells a person what went wrong."""
        return self.render(request, "error.html", problem=problem)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(files("viewer").joinpath("templates"))),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    teach_words(environment)
    return environment
