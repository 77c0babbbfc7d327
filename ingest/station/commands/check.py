"""`check`: what the station would say about scans, without a spool or a server."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from ingest.station.judging.judge import Judge

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MARKS = {"green": "○", "amber": "△", "red": "✕"}


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print one array, one object a file.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say whether scans are sharp, whole and straight 檢查掃描影像.

    \b
    Example:
      huji-station check 0001.tif 0002.tif

    Exit status: 0 all green or amber, 1 some must be scanned again, 2 wrong use.
    """
    judge = Judge(None)
    try:
        verdicts = [(path, judge.judge(path, path.name, "check")) for path in files]
    finally:
        judge.close()
    if as_json:
        found = [{"file": str(path), **verdict} for path, verdict in verdicts]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for path, verdict in verdicts:
            _tell(path, verdict)
    sys.exit(1 if any(verdict["level"] == "red" for _, verdict in verdicts) else 0)


def _tell(path: Path, verdict: dict[str, Any]) -> None:
    lamps = [lamp for lamp in verdict["lamps"] if lamp["key"] != "new"]
    shown = "  ".join(f"{_MARKS[lamp['level']]} {lamp['zh']} {lamp['en']}" for lamp in lamps)
    click.echo(f"{path.name}: {shown}")
    for lamp in lamps:
        for fault in lamp["faults"]:
            click.echo(f"  {fault['zh']} {fault['en']}")
