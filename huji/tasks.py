"""What the scheduler does for the house."""

import os
import socket

from access.audit.operations.seal_events import seal_events
from huji.scheduler import Task
from huji.wiring import House
from storage.database.clock import database_now

# DESIGN §5: committed events are chained within a second.
SEAL_SECONDS = 0.5


def process_name() -> str:
    """Return a name that no other running process has: machine and process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


def sealing(house: House) -> Task:
    """Return the task that seals audit events; one of several schedulers at a time does it."""
    holder = process_name()

    def seal() -> None:
        with house.database.writing() as session:
            seal_events(session, holder=holder, at=database_now(session))

    return Task("seal audit events", SEAL_SECONDS, seal)
