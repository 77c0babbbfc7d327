"""The hours in which the line may be used, by the station's own clock."""

import re
from dataclasses import dataclass
from datetime import datetime, time

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\Z", re.ASCII)
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` until `end`, over midnight where the end is the earlier; the same twice is all day."""

    start: time
    end: time

    def is_open(self, at: datetime) -> bool:
        """Return whether the line may be used; a clock set anew opens or closes it and does no more."""
        now = at.time().replace(tzinfo=None)
        if self.start == self.end:
            return True
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


ALWAYS = Window(time(0), time(0))


def parse_window(text: str) -> Window:
    """Return the window written `18:00-07:00`; raises ValueError."""
    match = _SPAN.match(text.strip())
    if match is None:
        raise ValueError(f"{text!r}: 應為 18:00-07:00 的形式; it should look like 18:00-07:00")
    start, end = _time(match[1], match[2]), _time(match[3], match[4])
    if start is None or end is None:
        raise ValueError(f"{text!r}: 時刻為 00:00 至 24:00; hours go from 00:00 to 24:00")
    return Window(start, end)


def _time(hour: str, minute: str) -> time | None:
    """Return the time of day, with 24:00 as midnight; None if there is none such."""
    minutes = 60 * int(hour) + int(minute)
    if int(minute) > 59 or minutes > _DAY:
        return None
    return time(minutes % _DAY // 60, minutes % 60)
