"""A bar for long work, on standard error; silent where nobody watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar(counted: ProgressColumn, *, shown: bool) -> Iterator[Progress]:
    """Show the bars added until the block ends; `counted` says how far one is."""
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown) as bars:
        yield bars
