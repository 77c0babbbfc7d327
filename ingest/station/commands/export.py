"""`export`: a closed volume onto a disk."""

from datetime import date
from pathlib import Path

import click
from rich.console import Console

from ingest.station.bag.export_sitting import export_sitting, find_sitting
from ingest.station.commands.types import SPOOL
from ingest.station.errors import StationError
from ingest.station.progress import Shown
from ingest.station.spool.spool import Spool

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("batch")
@click.argument("folder", type=_FOLDER, metavar="DIR")
@SPOOL
@click.option("--station", "station_id", default="", help="This station's code, noted in the bag.")
def export(batch: str, folder: Path, spool: Path, station_id: str) -> None:
    """Write a closed volume to a disk as a bag (BagIt, RFC 8493) 匯出到磁碟.

    BATCH is the id that `status` lists, or the volume's designation. Cut off halfway, run it again.
    The bag gets its name only once every file was read back and found right.

    \b
    Example:
      huji-station export 甲-1 E:\\ --spool D:\\huji --station S1
    """
    try:
        kept = Spool(spool)
        sitting = find_sitting(kept.state, batch)
        total = sum(file["size"] for file in sitting.manifest.get("files", []))
        with Shown(Console(stderr=True)).stage("複製 Copying", total) as copied:
            today = date.today()  # noqa: DTZ011 - the crew's own date
            bag = export_sitting(kept, sitting, folder, station=station_id, on=today, copied=copied)
    except StationError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"無法寫入 {folder}:{error.strerror}\nCannot write to {folder}: {error.strerror}"
        ) from error
    click.echo(f"已匯出並核對 Written and verified: {bag}")
