"""What a site may set about requests."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RequestRules:
    """Deadline, sampling and separation of duties.

    `working_days` count from the day after receipt; `holidays` are days off between Monday and Friday.
    `sample_rate` is the share (0 to 1) of a first load's undoubted pages that its office has to open;
    a page is doubtful where an unconfirmed confidence lies under `doubt_below`. An office that neither
    confirms nor disputes is reminded every `remind_after` working days, and the ministry told.
    """

    working_days: int = 10
    holidays: frozenset[date] = frozenset()
    sample_rate: float = 0.05
    doubt_below: float = 0.9
    publisher_may_operate: bool = False
    remind_after: int = 3


DEFAULT_RULES = RequestRules()
