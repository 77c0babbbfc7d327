"""A command group whose commands are imported when they are called, so that quick ones are quick."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LoadedWhenCalled(click.Group):
    """A group that imports a command's module only to run it or to list it.

    `places` says where each command is: "package.module:name".
    """

    def __init__(self, *, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it in
        """Return every command's name, in order."""
        return sorted(self._places)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click hands it in
        cmd_name: str,
    ) -> click.Command | None:
        """Return a command, imported now, or None where there is none of that name."""
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command
