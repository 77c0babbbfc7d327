"""Have the contenders read the pages: Huji and OCRmyPDF turn by turn, two processes against one."""

import sys
from collections.abc import Iterable, Sequence
from statistics import median

from bench.pipeline.contender import Run, run_contenders
from bench.pipeline.standard_set import SetPage

HUJI = (sys.executable, "-m", "bench.pipeline.read_huji")
OCRMYPDF = (sys.executable, "-m", "bench.pipeline.read_ocrmypdf")
SCALED = 1
"""The severity of the pages by which two processes are compared with one."""


def take_turns(pages: Sequence[SetPage], few: Sequence[SetPage], rounds: int) -> list[tuple[Run, Run]]:
    """Have Huji and OCRmyPDF read the few pages, one after the other in every round; in the first one Huji
    reads all of the pages."""
    return [
        (
            read(f"huji, round {number + 1}", HUJI, few if number else pages),
            read_by_severity(f"ocrmypdf, round {number + 1}", OCRMYPDF, few),
        )
        for number in range(rounds)
    ]


def read(name: str, command: Sequence[str], pages: Sequence[SetPage]) -> Run:
    """Have one command read the pages."""
    print(f"{name}: {len(pages)} pages", file=sys.stderr, flush=True)
    (run,) = run_contenders(command, [_handed(command, pages)])
    return run


def read_by_severity(name: str, command: Sequence[str], pages: Sequence[SetPage]) -> Run:
    """Have a command that tells only of all its pages together read those of each severity by themselves."""
    severities = sorted({page.severity for page in pages})
    return joined(
        read(f"{name}, severity {severity}", command, [page for page in pages if page.severity == severity])
        for severity in severities
    )


def joined(runs: Iterable[Run]) -> Run:
    """Return runs after one another as one."""
    taken = list(runs)
    return Run(tuple(page for run in taken for page in run.pages), sum(run.seconds for run in taken))


def two_to_one(pages: Sequence[SetPage], rounds: int) -> float:
    """Return how much more two processes read in a time than one does, the median of the rounds; 2 would be
    all of it."""
    handed = _handed(HUJI, [page for page in pages if page.severity == SCALED])
    ratios = []
    for number in range(rounds):
        print(f"two processes, round {number + 1}: {len(handed)} pages each", file=sys.stderr, flush=True)
        (alone,) = run_contenders(HUJI, [handed])
        both = run_contenders(HUJI, [handed, handed])
        ratios.append(2 * alone.seconds / max(run.seconds for run in both))
    return round(median(ratios), 3)


def _handed(command: Sequence[str], pages: Sequence[SetPage]) -> list[str]:
    """Return the pages as a command wants them: Huji is told each one's series, as its volume says it."""
    ours = tuple(command[: len(HUJI)]) == HUJI
    return [f"{page.series}:{page.path}" if ours else str(page.path) for page in pages]
