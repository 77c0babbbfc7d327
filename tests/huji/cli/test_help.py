"""Every command's help shows how it is called."""

from collections.abc import Iterator

import click
import pytest

from huji.cli.main import main


def commands(command: click.Command, above: click.Context | None, name: str) -> Iterator[click.Context]:
    """Every command and group, from the top."""
    context = click.Context(command, info_name=name, parent=above)
    yield context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from commands(found, context, each)


@pytest.mark.parametrize("context", list(commands(main, None, "huji")), ids=lambda found: found.command_path)
def test_help_shows_an_example(context: click.Context) -> None:
    """The command with what it takes, beside the line of its usage."""
    _, _, told = context.get_help().partition("\n")
    path = context.command_path.replace("huji station", "huji-station")
    assert f"{context.command_path} " in f"{' '.join(told.split())} " or f"{path} " in " ".join(told.split())
