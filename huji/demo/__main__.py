"""python -m huji.demo: SERVE=0 ends after the summary, PAGES=DIR takes your own pages, PORT the address."""

import json
import os
import shutil
import sys
import time
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

from rich.console import Console
from rich.table import Table

from access.http.problems import Problem
from huji.demo.measure import recognised_pages
from huji.demo.open_work import leave_work_open
from huji.demo.people import set_up
from huji.demo.processes import NotReady, environment, free_port, running_house
from huji.demo.scans import DemoScans, draw_scans, own_scans
from huji.demo.site import DemoFailed, visiting
from huji.demo.walk import Walk, walk
from huji.services.redis_child import RedisMissing
from huji.settings import Settings
from huji.wiring import House, build_house
from ingest.station.errors import StationError
from storage.database.migrate import migrate

DIRECTORY = Path("var/demo")
EXPECTED = (
    DemoFailed,
    NotReady,
    RedisMissing,
    StationError,
    Problem,
    ValueError,
    OSError,
    CalledProcessError,
)


def main() -> int:
    """Run the demo and return the exit status: 0 if every step went as it should."""
    console = Console()
    started = time.monotonic()
    try:
        return _run(console, started)
    except EXPECTED as error:
        console.print(f"[bold red]示範中斷 The demo stopped:[/] {error}", highlight=False)
        console.print(f"紀錄檔 Logs: {DIRECTORY / 'logs'}")
        return 1
    except KeyboardInterrupt:
        return 0


def _run(console: Console, started: float) -> int:
    directory = DIRECTORY.resolve()
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    scans = _scans(directory, console)
    port = free_port(int(os.environ.get("PORT", "8000")))
    house = _house(directory, port)
    people = set_up(house)
    with running_house(directory, port) as address, visiting(address, people) as site:
        summary = walk(Walk(house, site, people, scans, directory, console, started))
        (directory / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2), "utf-8")
        _show(console, summary)
        if os.environ.get("SERVE", "1") != "0":
            console.print("備妥待辦案件 Leaving some work open …")
            pages = recognised_pages(house.database)
            leave_work_open(site, people, pages, directory, console, draw=scans.truth is not None)
            console.print(f"網站開啟中 Serving at [bold]{address}[/] — Ctrl-C 結束 ends it")
            _until_interrupted()
    return 0


def _scans(directory: Path, console: Console) -> DemoScans:
    own = os.environ.get("PAGES", "")
    if own:
        return own_scans(Path(own).resolve())
    console.rule("0 繪製示範簿頁 Draw synthetic pages")
    return draw_scans(directory / "scans", directory / "truth")


def _house(directory: Path, port: int) -> House:
    """Return the house the processes will share, its schema made."""
    for name, value in environment(directory, port).items():
        if name.startswith("HUJI_"):
            os.environ[name] = value
    settings = Settings()
    migrate(settings.database_url)
    return build_house(settings)


def _show(console: Console, summary: dict[str, Any]) -> None:
    table = Table(title="摘要 Summary", show_header=False)
    names = summary["names"]
    table.add_row("簿頁 pages", f"{summary['pages']} ({summary['failed_pages']} failed)")
    table.add_row("略過 skipped", ", ".join(summary["skipped"]) or "—")
    table.add_row("每頁秒數 worker seconds a page", str(summary["seconds_a_page"]))
    table.add_row("姓名正確 names right", f"{names['right']} / {names['total']}" if names else "—")
    for request in summary["requests"]:
        table.add_row(request["kind"], f"第 {request['edition']} 版: {' → '.join(request['states'])}")
    table.add_row("查詢 looks", str(len(summary["lookups"])))
    table.add_row("總時間 wall seconds", str(summary["wall_seconds"]))
    console.print(table)
    accounts = Table(title="示範帳號 Demo accounts")
    for heading in ("角色 role", "帳號 user", "密碼 password"):
        accounts.add_column(heading)
    for account in summary["accounts"]:
        accounts.add_row(account["role"], account["user"], account["password"])
    console.print(accounts)


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    sys.exit(main())
