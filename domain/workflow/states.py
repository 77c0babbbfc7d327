"""The states a request passes through, what may be done to it, and its kinds."""

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    IN_MAINTENANCE = "in_maintenance"
    AWAITING_OFFICE = "awaiting_office"
    AWAITING_RESCAN = "awaiting_rescan"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    MERGED = "merged"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What may be done to a request; `draft`, `open` and `split` bring one into being."""

    DRAFT = "draft"
    OPEN = "open"
    SPLIT = "split"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"
    MERGE = "merge"
    START = "start"
    REASSIGN = "reassign"
    ASK = "ask"
    ANSWER = "answer"
    ORDER_RESCAN = "order_rescan"
    RESUME = "resume"
    DELIVER = "deliver"
    RECALL = "recall"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    PUBLISH = "publish"
    CANCEL = "cancel"


class Kind(StrEnum):
    """What a request asks for."""

    FIRST_LOAD = "first_load"
    IMAGE_REBUILD = "image_rebuild"
    INDEX_CORRECTION = "index_correction"
    ENTRY_CREATION = "entry_creation"


class Clock(StrEnum):
    """Whether the deadline goes on."""

    RUNS = "runs"
    STANDS_STILL = "stands_still"


FINAL_STATES = frozenset(
    {State.PUBLISHED, State.WITHDRAWN, State.REJECTED, State.MERGED, State.CANCELLED},
)

# The ministry's deadline waits while the office or a station has the request, and ends with it.
_STANDING = FINAL_STATES | {State.DRAFT, State.RETURNED, State.AWAITING_OFFICE, State.AWAITING_RESCAN}


def clock_in(state: State) -> Clock:
    """Whether the deadline runs while a request is in that state."""
    return Clock.STANDS_STILL if state in _STANDING else Clock.RUNS
