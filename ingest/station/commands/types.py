"""What options take, checked as they are read."""

from pathlib import Path
from typing import Any

import click

from ingest.station.sending.rate import parse_rate
from ingest.station.sending.window import Window, parse_window

SPOOL = click.option(
    "--spool",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    envvar="HUJI_STATION_SPOOL",
    help="The station's own folder 暫存夾: copies, journal.",
)


class RateType(click.ParamType[float]):
    """Bytes a second of 2Mbit or 300kB."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return bytes a second."""
        try:
            return value if isinstance(value, float) else parse_rate(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class WindowType(click.ParamType[Window]):
    """Hours as 18:00-07:00."""

    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        """Return the window."""
        try:
            return value if isinstance(value, Window) else parse_window(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
