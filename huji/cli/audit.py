"""huji audit: the hash chain."""

import json
import sys
from dataclasses import asdict

import click

from access.audit.operations.verify_chain import verify_chain
from huji.settings import Settings
from huji.wiring import build_house


@click.group()
def audit() -> None:
    """The record of who did what (稽核)."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(as_json: bool) -> None:
    """Verify the hash chain over every sealed event; exit 1 if it is broken.

    \b
    Example:
      huji audit verify
    """
    house = build_house(Settings())
    with house.database.reading() as session:
        report = verify_chain(session)
    if as_json:
        click.echo(json.dumps({**asdict(report), "intact": report.intact}))
    elif report.intact:
        click.echo(
            f"完整 intact: {report.sealed} sealed, {report.unsealed} not sealed yet, head {report.head[:16]}…"
        )
    else:
        where = f"at position {report.broken_at}" if report.broken_at else "in kept personal values"
        click.echo(f"已遭更動 BROKEN {where}; {report.commitments_broken} values do not match.", err=True)
    sys.exit(0 if report.intact else 1)
