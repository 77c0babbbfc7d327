"""huji audit: the hash chain."""

import json
import sys
from dataclasses import asdict

import click

from access.audit.operations.verify_chain import ChainReport, verify_chain
from huji.cli.admin.telling import house_at_hand, telling_problems


def _anchor(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, str] | None:
    if value is None:
        return None
    position, _, noted = value.partition(":")
    if not position.isdecimal() or len(noted) != 64:
        raise click.BadParameter("格式為「位置:雜湊」 write POSITION:HASH as an earlier verify printed it")
    return int(position), noted.lower()


def _faults(report: ChainReport) -> list[str]:
    found = [f"at position {report.broken_at}"] if report.broken_at else []
    if report.commitments_broken:
        found.append(f"{report.commitments_broken} kept personal values do not match")
    if report.anchor_missing:
        found.append("the head noted before is not in the chain")
    return found


@click.group()
def audit() -> None:
    """The record of who did what (稽核).

    \b
    Example:
      huji audit verify --json
    """


@audit.command()
@click.option(
    "--anchor", metavar="POSITION:HASH", callback=_anchor, help="A head noted before; it must still be there."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@telling_problems
def verify(anchor: tuple[int, str] | None, as_json: bool) -> None:
    """Verify the hash chain over every sealed event; exit 1 if it is broken.

    Note the head it prints somewhere else, and give it as --anchor next time: a tail cut off together with
    the head kept here shows in no other way.

    \b
    Example:
      huji audit verify --anchor 1234:9f86d0…
    """
    house = house_at_hand()
    with house.database.reading() as session:
        report = verify_chain(session, anchor)
    if as_json:
        click.echo(json.dumps({**asdict(report), "intact": report.intact}))
    elif report.intact:
        click.echo(
            f"完整 intact: {report.sealed} sealed, {report.unsealed} not sealed yet; "
            f"head {report.sealed}:{report.head}"
        )
    else:
        click.echo(f"已遭更動 BROKEN: {'; '.join(_faults(report))}.", err=True)
    sys.exit(0 if report.intact else 1)
