"""What the page works with: the spool, and the threads' own news."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.station.centre import Centre
from ingest.station.hot_folder.watch import Watch
from ingest.station.sending.sender import Sender
from ingest.station.spool.spool import Spool


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to the page by the `run` command."""

    spool: Spool
    watch: Watch
    centre: Centre
    sender: Sender | None
    server: str
    hours: str
    stop: Callable[[], None]
