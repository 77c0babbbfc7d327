"""The outbox, composed: which room handles which topic, and the task that delivers what is due."""

from collections.abc import Mapping

from huji.scheduler import Task
from huji.wiring import House
from index_service.editions import jobs as editions
from index_service.requests import jobs as requests
from storage.database.outbox.deliver_due import Handler, deliver_due

DELIVER_SECONDS = 2.0
AT_ONCE = 50


def handlers_of(house: House) -> Mapping[str, Handler]:
    """Return every topic's handler."""
    return {
        **requests.make_handlers(database=house.database, now=house.now),
        **editions.make_handlers(database=house.database, now=house.now),
    }


def delivering(house: House) -> Task:
    """Return the task that delivers messages whose time has come; several schedulers share the work."""
    handlers = handlers_of(house)
    return Task(
        "deliver the outbox", DELIVER_SECONDS, lambda: deliver_due(house.database, handlers, limit=AT_ONCE)
    )
