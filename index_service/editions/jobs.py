"""What the outbox delivers to editions."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from index_service.editions.operations.call_for_review import HOLD_REVIEW, call_for_review
from storage.database.outbox.deliver_due import Handler, Message
from storage.database.session import Database


def make_handlers(*, database: Database, now: Callable[[], datetime]) -> Mapping[str, Handler]:
    """Return the handlers of the topics that holds post, for the scheduler's `deliver_due`."""

    def review(message: Message) -> None:
        with database.writing() as session:
            call_for_review(session, hold_id=uuid.UUID(message.payload["hold_id"]), at=now())

    return {HOLD_REVIEW: review}
