"""The huji command. Each subcommand is loaded when it is called, so that quick ones are quick."""

from importlib import import_module

import click

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


class LoadedWhenCalled(click.Group):
    """A group that imports a command's module only to run it or to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it in
        """Return every command's name, in order."""
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click hands it in
        cmd_name: str,
    ) -> click.Command | None:
        """Return a command, imported now, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=LoadedWhenCalled, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="huji", prog_name="huji")
def main() -> None:
    """戶籍資料數位化 Huji: register pages, their index, and every look at them.

    \b
    Settings come from the environment (HUJI_DATABASE_URL, HUJI_OBJECTS, …); without any,
    everything lies under ./var. Try it whole with: make demo
    """


if __name__ == "__main__":
    main()
