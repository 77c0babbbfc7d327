"""How far a load is, on standard error: half of a bar for staging, half for publishing."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

_STEPS = {
    "stage": "登錄 staging",
    "deliver": "送件 delivering",
    "confirm": "確認 confirming",
    "publish": "發布 publishing",
}


class LoadProgress:
    """A bar over every entry of a file; silent where nobody watches."""

    def __init__(self, entries: int, *, shown: bool) -> None:
        """Prepare a bar for so many entries."""
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=Console(stderr=True), disable=not shown)
        self._task = self._bars.add_task("", total=2 * entries)
        self._staged = 0

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def tell(self, step: str, count: int) -> None:
        """Show the step, and so many entries more."""
        self._staged += count
        self._bars.update(self._task, description=_STEPS[step], advance=count)

    def finish(self, entries: int) -> None:
        """Show that a volume of so many entries is done, whatever was told of it."""
        self._bars.update(self._task, advance=2 * entries - self._staged)
        self._staged = 0
