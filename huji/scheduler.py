"""The scheduler: small tasks, each repeated at its own interval, none able to stop the others."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Far above what any task takes; one that is at it longer hangs.
LONGEST_RUN = 300.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do every `seconds`; a failure is logged, and the task comes round again."""

    name: str
    seconds: float
    run: Callable[[], object]


def run_scheduler(
    tasks: Sequence[Task],
    stop: threading.Event,
    alive: Callable[[], object] = lambda: None,
    longest_run: float = LONGEST_RUN,
) -> None:
    """Repeat the tasks until `stop` is set, each in a thread of its own, so that a slow one delays no other.

    `alive` is called every second for as long as no task has been at one run for more than `longest_run`
    seconds: a task that hangs shows. Several schedulers may run: every task tolerates that.
    """
    begun: dict[str, float] = {}
    threads = [threading.Thread(target=_repeat, args=(task, stop, begun), name=task.name) for task in tasks]
    for thread in threads:
        thread.start()
    while not stop.wait(min(1.0, longest_run)):
        if all(time.monotonic() - at < longest_run for at in list(begun.values())):
            alive()
    for thread in threads:
        thread.join()


def _repeat(task: Task, stop: threading.Event, begun: dict[str, float]) -> None:
    while not stop.is_set():
        begun[task.name] = time.monotonic()
        _run(task)
        begun.pop(task.name)
        stop.wait(task.seconds)


def _run(task: Task) -> None:
    try:
        task.run()
    except Exception:
        _log.exception("the task %s failed and will be tried again in %.0f s", task.name, task.seconds)
