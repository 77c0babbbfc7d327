"""`check`: what the station would say about scans, without a spool or a server."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from ingest.station.centre import Centre
from ingest.station.judging.judge import Judge

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MARKS = {"green": "○", "amber": "△", "red": "✕"}


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print one array, one object a file.")
@click.option("--volume", help="冊號: judge by the limits of its series, as the centre told them last.")
@click.option(
    "--spool",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="HUJI_STATION_SPOOL",
    help="The station's own folder 暫存夾, where that is kept; goes with --volume.",
)
def check(files: tuple[Path, ...], as_json: bool, volume: str | None, spool: Path | None) -> None:
    """Say whether scans are sharp, whole and straight 檢查掃描影像.

    \b
    Example:
      huji-station check 0001.tif 0002.tif
      huji-station check 0001.tif --spool D:\\huji --volume 板橋-0001

    Exit status: 0 all green or amber, 1 some must be scanned again, 2 wrong use.
    """
    limits = _limits(spool, volume) if volume is not None else {}
    judge = Judge(None)
    try:
        verdicts = [(path, judge.judge(path, path.name, "check", limits=limits)) for path in files]
    finally:
        judge.close()
    if as_json:
        found = [{"file": str(path), **verdict} for path, verdict in verdicts]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for path, verdict in verdicts:
            _tell(path, verdict)
    sys.exit(1 if any(verdict["level"] == "red" for _, verdict in verdicts) else 0)


def _limits(spool: Path | None, volume: str) -> dict[str, float]:
    """Return the limits of a volume's series as the spool keeps them."""
    if spool is None:
        raise click.UsageError("--volume 須與 --spool 一併給定。 --volume goes with --spool.")
    centre = Centre(spool, None)
    if "quality" not in centre.volumes.get(volume, {}):
        raise click.UsageError(
            f"暫存夾中無 {volume} 的資料;請先連線開啟該冊。 The centre has told this spool nothing of "
            f"{volume}: open the volume once while the line is up."
        )
    return centre.limits(volume)


def _tell(path: Path, verdict: dict[str, Any]) -> None:
    lamps = [lamp for lamp in verdict["lamps"] if lamp["key"] != "new" or lamp["faults"]]
    shown = "  ".join(f"{_MARKS[lamp['level']]} {lamp['zh']} {lamp['en']}" for lamp in lamps)
    click.echo(f"{path.name}: {shown}")
    for lamp in lamps:
        for fault in lamp["faults"]:
            click.echo(f"  {fault['zh']} {fault['en']}")
