"""The huji command. Each subcommand is loaded when it is called, so that quick ones are quick."""

import click

from ingest.station.load_when_called import LoadedWhenCalled

COMMANDS = {
    "admin": "huji.cli.admin.group:admin",
    "audit": "huji.cli.audit:audit",
    "health": "huji.cli.health:health",
    "inspect": "huji.cli.inspect:inspect",
    "lookup": "huji.cli.lookup:lookup",
    "migrate": "huji.cli.migrate:migrate_command",
    "models": "huji.cli.models:models",
    "scheduler": "huji.cli.work:scheduler",
    "serve": "huji.cli.serve:serve",
    "station": "ingest.station.cli:station",
    "worker": "huji.cli.work:worker",
}


@click.group(
    cls=LoadedWhenCalled,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="huji", prog_name="huji")
def main() -> None:
    """戶籍資料數位化 Huji: register pages, their index, and every look at them.

    \b
    Settings come from the environment (HUJI_DATABASE_URL, HUJI_OBJECTS, …); without any,
    everything lies under ./var. Try it whole with: make demo

    \b
    Example:
      huji inspect page-0001.jpg
    """


if __name__ == "__main__":
    main()
