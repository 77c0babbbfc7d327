"""The scheduler: small tasks, each repeated at its own interval, none able to stop the others."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do every `seconds`; a failure is logged, and the task comes round again."""

    name: str
    seconds: float
    run: Callable[[], object]


def run_scheduler(tasks: Sequence[Task], stop: threading.Event) -> None:
    """Repeat the tasks until `stop` is set, each in a thread of its own, so that a slow one delays no other.

    Several schedulers may run: every task tolerates that.
    """
    threads = [threading.Thread(target=_repeat, args=(task, stop), name=task.name) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _repeat(task: Task, stop: threading.Event) -> None:
    while not stop.is_set():
        _run(task)
        stop.wait(task.seconds)


def _run(task: Task) -> None:
    try:
        task.run()
    except Exception:
        _log.exception("the task %s failed and will be tried again in %.0f s", task.name, task.seconds)
