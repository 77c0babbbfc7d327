"""Trying again: waits that grow and scatter, until patience ends."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.station.errors import ServerAway

T = TypeVar("T")


class TryAgain(Exception):
    """A failure that may pass by itself; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        """Keep the reason and the least wait."""
        super().__init__(reason)
        self.wait = wait

    def given_up(self) -> ServerAway:
        """Return what is told where it did not pass."""
        return ServerAway(
            f"伺服器無法連線({self});已上傳的部分不會遺失,請稍後以同一指令續傳。",
            f"The server cannot be reached ({self}). Nothing sent is lost: run the same command again later.",
        )


@dataclass
class Patience:
    """Waits from `first` seconds, doubling to `longest`, each anywhere below, for `total` seconds in all.

    Stations that lost one server together do not come back to it together: that is what the scatter is for.
    """

    total: float = 900.0
    first: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = field(default_factory=lambda: random.SystemRandom().random)

    def keep_trying(self, act: Callable[[], T]) -> T:
        """Return what `act` returns once it does not raise TryAgain; raises ServerAway in the end."""
        end = self.clock() + self.total
        ceiling = self.first
        while True:
            try:
                return act()
            except TryAgain as failure:
                wait = max(failure.wait, ceiling * self.chance())
                if self.clock() + wait > end:
                    raise failure.given_up() from failure
                self.sleep(wait)
                ceiling = min(self.longest, ceiling * 2)
