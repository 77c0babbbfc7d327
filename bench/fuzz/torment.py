"""Hand mutated files to the limited decoder and write down what became of each."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.fuzz.mutate import Mutant
from imaging.decoding import RefusedImage
from ingest.decoding.limited_decoder import LimitedDecoder

_FRAMES = 3


@dataclass(frozen=True)
class Trial:
    """What became of one file: `outcome` is "decoded", a refusal's code, or the name of a stray exception.

    `seconds` is the longest of its exchanges, `peak` the child's largest memory in bytes; `child_died` tells
    whether the child had to be replaced.
    """

    mutant: Mutant
    outcome: str
    seconds: float
    peak: int
    child_died: bool

    @property
    def stray(self) -> bool:
        """Whether an exception came through that is no refusal."""
        return self.outcome[:1].isupper()


def torment(decoder: LimitedDecoder, files: Iterable[Mutant]) -> Iterator[Trial]:
    """Yield a trial a file: it is inspected, then its first frames are decoded."""
    for mutant in files:
        before = decoder.child_id
        _forget_peak(before)
        outcome, seconds = _try(decoder, mutant)
        died = before is not None and decoder.child_id != before
        yield Trial(mutant, outcome, seconds, _peak(decoder.child_id), died)


def _try(decoder: LimitedDecoder, mutant: Mutant) -> tuple[str, float]:
    longest, started = 0.0, perf_counter()
    stream, size = io.BytesIO(mutant.data), len(mutant.data)
    try:
        found = decoder.inspect(stream, size, mutant.seed)
        for frame in range(min(found.frames, _FRAMES)):
            longest, started = max(longest, perf_counter() - started), perf_counter()
            decoder.decode(io.BytesIO(mutant.data), size, frame)
    except RefusedImage as refusal:
        outcome = refusal.code if refusal.zh and refusal.en else "NoReason"
    except Exception as error:
        outcome = type(error).__name__
    else:
        outcome = "decoded"
    return outcome, max(longest, perf_counter() - started)


def _forget_peak(child: int | None) -> None:
    if child is not None:
        Path(f"/proc/{child}/clear_refs").write_text("5")


def _peak(child: int | None) -> int:
    """Return the child's largest resident memory since it was last forgotten, 0 where it is gone."""
    status = Path(f"/proc/{child}/status")
    if child is None or not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) << 10
