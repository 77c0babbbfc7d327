"""`tidy`: give disk space back."""

from pathlib import Path

import click

from ingest.station.commands.types import SPOOL
from ingest.station.errors import StationError
from ingest.station.spool.apart import check_apart
from ingest.station.spool.lock import SpoolLock
from ingest.station.spool.spool import Spool
from ingest.station.spool.tidy import remove_originals, tidy_sitting


@click.command()
@SPOOL
@click.option(
    "--originals",
    "hot",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The hot folder: remove there too what the centre has acknowledged.",
)
def tidy(spool: Path, hot: Path | None) -> None:
    """Remove copies of what the centre has acknowledged 清除已送達的暫存.

    Nothing unacknowledged is touched, nor an original changed since. Close the station's program first.

    \b
    Example:
      huji-station tidy --spool D:\\huji --originals D:\\scans
    """
    try:
        if hot is not None:
            check_apart(spool, hot)
        with SpoolLock(spool):
            kept = Spool(spool)
            for sitting in list(kept.state.sittings.values()):
                tidy_sitting(kept, sitting)
            removed = remove_originals(kept, hot) if hot else []
    except StationError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已清除原檔 Originals removed: {len(removed)}")
