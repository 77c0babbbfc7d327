"""What the outbox delivers to requests."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from index_service.requests.operations.escalate_silence import SILENCE, escalate_silence
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from storage.database.outbox.deliver_due import Handler, Message
from storage.database.session import Database


def make_handlers(
    *, database: Database, now: Callable[[], datetime], rules: RequestRules = DEFAULT_RULES
) -> Mapping[str, Handler]:
    """Return the handlers of the topics that requests post, for the scheduler's `deliver_due`."""

    def remind(message: Message) -> None:
        with database.writing() as session:
            escalate_silence(
                session,
                request_id=uuid.UUID(message.payload["request_id"]),
                delivery=message.payload["delivery"],
                reminder=message.payload["reminder"],
                at=now(),
                rules=rules,
            )

    return {SILENCE: remind}
