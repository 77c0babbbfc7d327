"""Progress, shown or silent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bars

Told = Callable[[int], None]


class Progress(Protocol):
    """Shows how far a stage is, in bytes."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Told]:
        """Show a stage of `total` bytes; gives what is to be told of each bytes done."""
        ...


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Told]:  # noqa: ARG002 - Progress's shape
        """Take and forget."""
        yield lambda count: None  # noqa: ARG005 - Told's shape


class Shown:
    """Bars on a terminal: bytes, speed, time left."""

    def __init__(self, console: Console) -> None:
        """Draw on this console."""
        self._console = console

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Told]:
        """Draw one bar."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Bars(*columns, console=self._console) as bars:
            task = bars.add_task(name, total=total)
            yield lambda count: bars.advance(task, count)
