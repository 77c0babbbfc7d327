"""`upload`: send a folder of scans to the server."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from ingest.station.api import StationApi
from ingest.station.commands.server import ServerType
from ingest.station.commands.types import RateType
from ingest.station.errors import StationError, listed
from ingest.station.patience import Patience
from ingest.station.progress import Shown, Silent
from ingest.station.read_key import read_key
from ingest.station.sending.rate import Rate
from ingest.station.upload_directory import Report, upload_directory

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--volume", required=True, help="The volume's designation 冊號, as the office writes it.")
@click.option(
    "--server",
    required=True,
    type=ServerType(),
    envvar="HUJI_SERVER",
    help="Where the ingest API is, https://….",
)
@click.option(
    "--key-file", required=True, type=_FILE, envvar="HUJI_STATION_KEY_FILE", help="The station's key."
)
@click.option("--first-page", default=1, show_default=True, help="The page that the first file shows.")
@click.option("--rate", type=RateType(), help="The most to send, as 2Mbit or 300kB a second.")
@click.option("--request", "request_id", help="The request that ordered this rescan 補掃.")
@click.option("--spread", flag_value="right", help="Each shot shows two pages, the right one first 跨頁.")
@click.option("--spread-left-first", "spread", flag_value="left", help="The same in a book read from left.")
@click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), help="Kept in DIR by default.")
@click.option(
    "--patience", default=900.0, show_default=True, help="Seconds to wait for a server that is away."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def upload(
    folder: Path,
    volume: str,
    server: str,
    key_file: Path,
    first_page: int,
    rate: float | None,
    request_id: str | None,
    spread: str | None,
    journal: Path | None,
    patience: float,
    as_json: bool,
) -> None:
    """Upload the scans in DIR as consecutive pages of a volume 上傳一冊的影像.

    Cut off, killed or refused halfway, run it again: it goes on where it stopped, and sends nothing twice.

    \b
    Example:
      huji station upload scans/甲-1 --volume 甲-1 --server https://huji.example --key-file station.key

    Exit status: 0 all stored, 1 some refused or the upload could not go on, 2 wrong use.
    """
    console = Console(stderr=True)
    try:
        key = read_key(key_file)
        with StationApi(server, key, patience=Patience(total=patience), rate=Rate(rate)) as api:
            report = upload_directory(
                api,
                folder,
                volume=volume,
                first_page=first_page,
                request_id=request_id,
                spread=spread,
                journal=journal,
                progress=Silent() if as_json else Shown(console),
            )
    except (StationError, OSError) as error:
        raise click.ClickException(str(error)) from error
    _tell(report, as_json)
    sys.exit(1 if report.refused else 0)


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    click.echo(f"批次 Batch {report.batch}: 已儲存 stored {len(report.stored)}")
    if report.skipped:
        click.echo(f"略過(非影像) Skipped, no scans: {listed(report.skipped)}")
    for refusal in report.refused:
        click.echo(f"不能使用 Refused {refusal.file}: {refusal.zh} {refusal.en}", err=True)
