"""A limit on bytes a second, so that the office's line is left for its work."""

import re
import threading
import time
from collections.abc import Callable, Iterator

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(k|m|g)?(bit|b|byte)(?:/s)?\Z", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_CHUNK = 16_384


class Rate:
    """Paces what is sent: each chunk waits until those before it have used up their time."""

    def __init__(
        self,
        bytes_a_second: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Limit to so many bytes a second."""
        self.bytes_a_second, self._clock, self._sleep = bytes_a_second, clock, sleep
        self._free_at, self._one = 0.0, threading.Lock()

    def paced(self, body: bytes) -> Iterator[bytes]:
        """Yield the body in chunks, each when its time has come; half a second may be ahead at the most."""
        for start in range(0, len(body), _CHUNK):
            chunk = body[start : start + _CHUNK]
            self._wait(len(chunk))
            yield chunk

    def _wait(self, size: int) -> None:
        if self.bytes_a_second is None:
            return
        with self._one:
            now = self._clock()
            begin = max(self._free_at, now)
            self._free_at = begin + size / self.bytes_a_second
        if begin > now:
            self._sleep(begin - now)


def parse_rate(text: str) -> float:
    """Return bytes a second of `2Mbit`, `500kbit` or `300kB`; raises ValueError."""
    match = _RATE.match(text.strip())
    if match is None or not float(match[1]):
        raise ValueError(f"{text!r}: 應為 2Mbit 或 300kB 的形式; it should look like 2Mbit or 300kB")
    times = _TIMES[(match[2] or "").lower()]
    return float(match[1]) * times / (8 if match[3].lower() == "bit" else 1)
