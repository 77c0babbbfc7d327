"""What the station does not do, and why, in the crew's words."""

from ingest.station.errors import StationError
from ingest.station.spool.records import Sitting, State


class NotNow(StationError):
    """The step does not fit what is on the desk; nothing was changed."""


def open_sitting(state: State) -> Sitting:
    """Return the sitting that is open; raises NotNow."""
    sitting = state.sitting()
    if sitting is None:
        raise NotNow("請先選擇簿冊。", "Choose a volume first.")
    return sitting
