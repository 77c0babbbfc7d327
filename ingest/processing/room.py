"""What processing works with, handed in by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.pipeline.run import PageTools
from ingest.points import AtPoint, pass_by
from storage.database.session import Database


@dataclass(frozen=True, slots=True)
class ProcessingRoom:
    """A worker's database, its tools (kept loaded from page to page), its name, and its limits.

    Points passed by a run: claimed, then each step of ingest.pipeline.run, commit (inside the
    transaction), committed; and by a worker between runs, every few seconds: looking.
    """

    database: Database
    tools: PageTools
    worker: str
    now: Callable[[], datetime]
    lease: timedelta = timedelta(seconds=60)
    most_attempts: int = 5
    wait_when_away: timedelta = timedelta(seconds=15)
    at_point: AtPoint = pass_by
