"""`status`: what a spool holds; it may be asked while the station runs."""

import json
from pathlib import Path
from typing import Any

import click

from ingest.station.commands.types import SPOOL
from ingest.station.errors import StationError
from ingest.station.spool.disk_room import disk_room
from ingest.station.spool.records import Sitting, State
from ingest.station.spool.spool import Spool

_STATES = {"open": "掃描中 open", "left": "已放棄 left", "closed": "待送 to send", "sent": "已送達 arrived"}


@click.command()
@SPOOL
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status(spool: Path, as_json: bool) -> None:
    """List the volumes in the spool and how far they are 列出批次.

    \b
    Example:
      huji-station status --spool D:\\huji
    """
    if not spool.is_dir():
        raise click.ClickException(f"找不到暫存夾 {spool}。 There is no folder {spool}.")
    try:
        state = Spool(spool).state
    except StationError as error:
        raise click.ClickException(str(error)) from error
    rows = [_row(state, sitting) for sitting in state.sittings.values()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        pages = "" if row["state"] == "left" else f"  {row['acknowledged']}/{row['files']}"
        undecided = f"  未決定 undecided {row['undecided']}" if row["undecided"] else ""
        click.echo(f"{row['id']}  {row['volume']}  {_STATES[row['state']]}{pages}{undecided}")
    room = disk_room(spool, max((scan.size for scan in state.scans.values()), default=30_000_000))
    click.echo(f"磁碟尚可容納 Disk has room for {room.pages} 頁 pages")


def _row(state: State, sitting: Sitting) -> dict[str, Any]:
    return {
        "id": sitting.id,
        "volume": sitting.volume,
        "state": sitting.state,
        "files": len(sitting.scans) or len(sitting.kept()),
        "undecided": len(state.pending(sitting)),
        "acknowledged": len(sitting.acknowledged),
        "refused": len(sitting.refused),
        "batch": sitting.batch,
    }
