"""Databases that hold what a function wrote: written once a session, copied for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Protocol

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from storage.database.session import Database
from tests.services.databases import opened


class Holding(Protocol):
    """Gives a database of the test's own in which `write(session, *arguments)` has been committed."""

    def __call__(self, write: Callable[..., object], *arguments: str) -> Database: ...


class Kept:
    """Databases of one engine to copy, each by the function that wrote in it and what it was told."""

    def __init__(self, blank: str, copied: Callable[[str], AbstractContextManager[str]]) -> None:
        self._blank = blank
        self._copied = copied
        self._templates: dict[object, str] = {}
        self._until_the_end = ExitStack()

    def close(self) -> None:
        """Remove the databases that were copied from."""
        self._until_the_end.close()

    @contextmanager
    def holding(self) -> Iterator[Holding]:
        """For one test: databases of its own, closed and removed with the block."""
        with ExitStack() as stack:

            def open_copy(write: Callable[..., object], *arguments: str) -> Database:
                url = stack.enter_context(self._copied(self._template(write, arguments)))
                return stack.enter_context(opened(url))

            yield open_copy

    def _template(self, write: Callable[..., object], arguments: tuple[str, ...]) -> str:
        key = (write, arguments)
        if key not in self._templates:
            self._templates[key] = self._make(lambda session: write(session, *arguments))
        return self._templates[key]

    def _make(self, write: Callable[[Session], Any]) -> str:
        """The name of a database written in and left: SQLite's file or PostgreSQL's database."""
        url = self._until_the_end.enter_context(self._copied(self._blank))
        with opened(url) as database, database.writing() as session:
            write(session)
        name = make_url(url).database
        assert name
        return name
