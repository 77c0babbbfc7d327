"""The huji command."""

import click

from huji.cli.admin.group import admin
from huji.cli.audit import audit
from huji.cli.inspect import inspect
from huji.cli.lookup import lookup
from huji.cli.migrate import migrate_command
from huji.cli.serve import serve
from huji.cli.work import scheduler, worker
from ingest.station.cli import station


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="huji", prog_name="huji")
def main() -> None:
    """戶籍資料數位化 Huji: register pages, their index, and every look at them.

    \b
    Settings come from the environment (HUJI_DATABASE_URL, HUJI_OBJECTS, …); without any,
    everything lies under ./var. Try it whole with: make demo
    """


for _command in (serve, worker, scheduler, migrate_command, station, inspect, lookup, admin, audit):
    main.add_command(_command)

if __name__ == "__main__":
    main()
