"""The scheduler: small tasks, each repeated at its own interval, none able to stop the others."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do every `seconds`; a failure is logged, and the task comes round again."""

    name: str
    seconds: float
    run: Callable[[], object]


def run_scheduler(tasks: Sequence[Task], stop: threading.Event, most_sleep: float = 0.5) -> None:
    """Run the tasks in turn until `stop` is set. Several schedulers may run: every task tolerates that."""
    due = {task.name: 0.0 for task in tasks}
    while not stop.is_set():
        now = time.monotonic()
        for task in tasks:
            if due[task.name] <= now and not stop.is_set():
                _run(task)
                due[task.name] = time.monotonic() + task.seconds
        stop.wait(max(0.01, min(most_sleep, min(due.values()) - time.monotonic())))


def _run(task: Task) -> None:
    try:
        task.run()
    except Exception:
        _log.exception("the task %s failed and will be tried again in %.0f s", task.name, task.seconds)
