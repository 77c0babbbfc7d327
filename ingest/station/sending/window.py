"""The hours in which the line may be used, by the station's own clock."""

import re
from dataclasses import dataclass
from datetime import datetime, time

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\Z")


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
    hours = [int(part) for part in match.groups()]
    return Window(time(hours[0] % 24, hours[1]), time(hours[2] % 24, hours[3]))
