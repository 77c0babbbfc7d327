"""What a worker holds while a run is its own."""

import uuid
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Claim:
    """A run held under a fencing token: whatever is written for it names both, or is not written."""

    run_id: uuid.UUID
    token: int
    attempt: int
    lease: timedelta


class LeaseLost(Exception):
    """Another worker holds the run now, or it is settled: nothing of ours may be written."""
