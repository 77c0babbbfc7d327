"""One request or job, one transaction, committed at the edge."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage.database.engine import READ_ONLY

_log = logging.getLogger(__name__)
_AFTER_COMMIT = "huji_after_commit"


class Database:
    """Sessions on one engine: `reading()` sees one snapshot, `writing()` commits when its block ends."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**_read_options(engine))

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in which every query sees the same moment, and a write is an error."""
        with Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session committed when the block ends, rolled back if it raises; then runs its callbacks.

        On SQLite it waits at its start until no other writer is at work.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            with session.begin():
                session.connection()
                yield session
            _run_callbacks(session)

    def dispose(self) -> None:
        """Close the pooled connections; the next session opens new ones."""
        self.engine.dispose()

    def forget_connections(self) -> None:
        """In a forked child: leave the parent's connections to the parent and open our own."""
        self.engine.dispose(close=False)


def after_commit(session: Session, callback: Callable[[], object]) -> None:
    """Call back once the session's transaction is committed, and never if it is not.

    For nudges such as enqueuing: a failing callback is logged and loses nothing, because the rows stand.
    """
    session.info.setdefault(_AFTER_COMMIT, []).append(callback)


def _run_callbacks(session: Session) -> None:
    callbacks: list[Callable[[], object]] = session.info.pop(_AFTER_COMMIT, [])
    for callback in callbacks:
        try:
            callback()
        except Exception:
            _log.exception("a callback after commit failed; the committed rows stand and will be swept")


def _read_options(engine: Engine) -> dict[str, object]:
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {READ_ONLY: True}
