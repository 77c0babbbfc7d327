"""Keep a lease alive while a page is worked on, from a thread beside the work."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.processing.claim import Claim, LeaseLost
from ingest.processing.operations.renew_lease import renew_lease
from storage.database.session import Database

_log = logging.getLogger(__name__)


@contextmanager
def keep_lease(database: Database, claim: Claim) -> Iterator[Callable[[], None]]:
    """Renew the lease every third of it; gives a check that raises LeaseLost once it is another's.

    A database that is away for a while is no loss yet: the token decides at the commit.
    """
    stop, lost = threading.Event(), threading.Event()
    beat = threading.Thread(target=_renew, args=(database, claim, stop, lost), name="keep-lease", daemon=True)
    beat.start()

    def still_ours() -> None:
        if lost.is_set():
            raise LeaseLost(f"run {claim.run_id}: token {claim.token} is not the current one")

    try:
        yield still_ours
    finally:
        stop.set()
        beat.join(timeout=5)


def _renew(database: Database, claim: Claim, stop: threading.Event, lost: threading.Event) -> None:
    while not stop.wait(claim.lease.total_seconds() / 3):
        try:
            with database.writing() as session:
                renew_lease(session, claim=claim)
        except LeaseLost:
            lost.set()
            return
        except Exception:
            _log.warning("run %s: its lease could not be renewed now", claim.run_id, exc_info=True)
