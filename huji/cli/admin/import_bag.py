"""huji admin import-bag: a batch on a disk, where a station's line is too slow."""

import json
import sys
import zipfile
from pathlib import Path

import click
from rich.progress import DownloadColumn, Progress

from access.principal import SYSTEM
from huji.cli.admin.progress_bar import progress_bar
from huji.cli.admin.telling import house_at_hand, telling_problems
from huji.intake import upload_room
from ingest.bags.bag_source import BagSource
from ingest.bags.check_bag import UNREADABLE
from ingest.bags.open_source import open_source
from ingest.bags.operations.import_bag import Imported, import_bag
from storage.objects.errors import StoreUnavailable

_STAGES = {"check": "核對 Checking", "store": "匯入 Importing"}


@click.command("import-bag")
@click.argument("bag", type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE.zip")
@click.option("--station", required=True, help="The code of the station whose bag it is 掃描站代碼.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@telling_problems
def import_bag_command(bag: Path, station: str, as_json: bool) -> None:
    """Import a station's bag (BagIt, RFC 8493) from a disk 匯入封包.

    The bag is checked whole before anything is kept. It becomes the batch that an upload of the same volume
    would be: what the line brought already is not stored again, and an import cut off goes on when it is
    run again.

    \b
    Example:
      huji admin import-bag /media/usb/huji-3f9c --station S1

    Exit status: 0 all stored, 1 some files cannot be used or the bag is not sound, 2 wrong use.
    """
    house = house_at_hand()
    source = _opened(bag)
    shown = sys.stderr.isatty() and not as_json
    try:
        with progress_bar(DownloadColumn(), shown=shown) as bars:
            watch = _Stages(bars)
            report = import_bag(
                upload_room(house), source, actor=SYSTEM, station_code=station, now=house.now, watch=watch
            )
    except (OSError, StoreUnavailable) as error:
        raise click.ClickException(
            "封包或物件儲存無法讀寫;確認後再執行一次,即自中斷處繼續。 "
            "The bag or the object store cannot be read or written: run this again, and it goes on."
        ) from error
    finally:
        source.close()
    _tell(report, as_json)
    sys.exit(1 if report.refused else 0)


def _opened(bag: Path) -> BagSource:
    try:
        return open_source(bag)
    except zipfile.BadZipFile as error:
        raise click.ClickException(
            f"{bag.name} 不是 ZIP 檔,也不是資料夾。 {bag.name} is neither a ZIP archive nor a folder."
        ) from error
    except UNREADABLE as error:
        why = (isinstance(error, OSError) and error.strerror) or "the archive is damaged"
        raise click.ClickException(f"無法讀取 {bag.name} Cannot be read: {why}") from error


class _Stages:
    """A bar of bytes for each stage."""

    def __init__(self, bars: Progress) -> None:
        self._bars, self._task = bars, bars.add_task("")

    def begin(self, stage: str, total: int) -> None:
        """Show a new stage."""
        self._task = self._bars.add_task(_STAGES[stage], total=total)

    def advance(self, count: int) -> None:
        """Show so many bytes more."""
        self._bars.update(self._task, advance=count)


def _tell(report: Imported, as_json: bool) -> None:
    refused = [{"file": name, **reason} for name, reason in report.refused]
    if as_json:
        summary = {
            "batch": str(report.batch_id),
            "new": report.new,
            "stored": report.stored,
            "held": report.held,
            "refused": refused,
        }
        click.echo(json.dumps(summary, ensure_ascii=False))
        return
    click.echo(
        f"批次 Batch {report.batch_id}: 匯入 stored {len(report.stored)}, 先前已有 held {len(report.held)}"
    )
    for one in refused:
        click.echo(f"不能使用 Refused {one['file']}: {one.get('zh', '')} {one.get('en', '')}", err=True)
