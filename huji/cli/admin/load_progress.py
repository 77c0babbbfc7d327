"""How far a load is, on standard error: half of a bar for staging, half for publishing."""

from rich.progress import Progress

_STEPS = {
    "stage": "登錄 staging",
    "deliver": "送件 delivering",
    "confirm": "確認 confirming",
    "publish": "發布 publishing",
}


class LoadProgress:
    """A bar over every entry of a file."""

    def __init__(self, bars: Progress, entries: int) -> None:
        """Add a bar for so many entries."""
        self._bars = bars
        self._task = bars.add_task("", total=2 * entries)
        self._staged = 0

    def tell(self, step: str, count: int) -> None:
        """Show the step, and so many entries more."""
        self._staged += count
        self._bars.update(self._task, description=_STEPS[step], advance=count)

    def finish(self, entries: int) -> None:
        """Show that a volume of so many entries is done, whatever was told of it."""
        self._bars.update(self._task, advance=2 * entries - self._staged)
        self._staged = 0
