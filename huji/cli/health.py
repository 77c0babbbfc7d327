"""huji health: is a process that serves no HTTP alive?"""

import json
import sys

import click

from huji.health.read_beats import read_beats
from huji.settings import Settings


@click.command()
@click.argument("kind", type=click.Choice(["worker", "scheduler"]))
@click.option(
    "--within",
    default=120.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds since the last heartbeat; a page's slowest step must fit in.",
)
@click.option("--at-least", default=1, show_default=True, type=click.IntRange(min=1), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def health(kind: str, within: float, at_least: int, as_json: bool) -> None:
    """Exit 0 if enough processes of a kind on this machine got on with their work lately, else 1.

    They beat into HUJI_SCRATCH, so this asks neither the database nor Redis.

    \b
    Example:
      huji health worker --within 60
    """
    ages = read_beats(Settings().scratch, kind)
    alive = [age for age in ages if age <= within]
    if as_json:
        click.echo(json.dumps({"kind": kind, "alive": len(alive), "ages": [round(age, 1) for age in ages]}))
    else:
        silent = f", {len(ages) - len(alive)} silent" if len(alive) < len(ages) else ""
        click.echo(f"{kind}: {len(alive)} 運作中 alive within {within:g} s{silent}")
    sys.exit(0 if len(alive) >= at_least else 1)
