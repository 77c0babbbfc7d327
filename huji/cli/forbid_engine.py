"""Which recognition engines a command may not use: those that the site forbids, and those named with it."""

from collections.abc import Iterable

import click

from huji.settings import Settings, engine_names

FORBID_ENGINE = click.option(
    "--forbid-engine",
    "forbidden",
    multiple=True,
    help="An engine that may not be used, beside those of HUJI_FORBIDDEN_ENGINES; may be repeated.",
)


def engines_forbidden(named: Iterable[str]) -> frozenset[str]:
    """Return the engines forbidden by the site's setting, and those named with a command."""
    return Settings().engines_forbidden().union(*(engine_names(one) for one in named))
