"""huji admin: accounts and agencies' keys."""

from pathlib import Path

import click

from access.accounts.operations.create_account import create_account
from access.accounts.operations.disable_account import disable_account
from access.keys.operations.issue_key import issue_key
from access.principal import SYSTEM
from domain.roles import Role
from huji.cli.admin.telling import account_named, by_code, house_at_hand, telling_problems, write_key
from storage.organisations.tables import Agency, Office, Station

ROLES = click.Choice([str(role) for role in Role if role is not Role.SYSTEM])


@click.command("add-account")
@click.argument("username")
@click.option("--name", "display_name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, required=True, type=ROLES)
@click.option("--office", help="The office's code, for office roles.")
@click.option("--agency", help="The agency's code, for agency roles.")
@click.option("--station", help="The station's code, for its crew.")
@click.password_option(
    envvar="HUJI_NEW_PASSWORD",
    help="Better left out: asked for, or HUJI_NEW_PASSWORD; others on this machine can read a command line.",
)
@telling_problems
def add_account_command(
    username: str,
    display_name: str,
    roles: tuple[str, ...],
    office: str | None,
    agency: str | None,
    station: str | None,
    password: str,
) -> None:
    """Add an account: huji admin add-account wang --name 王小明 --role office_clerk --office 63000010."""
    house = house_at_hand()
    with house.database.writing() as session:
        create_account(
            session,
            actor=SYSTEM,
            username=username,
            display_name=display_name,
            password=password,
            roles=[Role(role) for role in roles],
            office_id=by_code(session, Office, office).id if office else None,
            agency_id=by_code(session, Agency, agency).id if agency else None,
            station_id=by_code(session, Station, station).id if station else None,
            at=house.now(),
        )
    click.echo(f"{username}: {', '.join(roles)}")


@click.command("disable-account")
@click.argument("username")
@telling_problems
def disable_account_command(username: str) -> None:
    """Disable an account at once, with its sessions and keys.

    \b
    Example:
      huji admin disable-account wang
    """
    house = house_at_hand()
    with house.database.writing() as session:
        disable_account(session, actor=SYSTEM, account=account_named(session, username), at=house.now())
    click.echo(f"已停用 disabled: {username}")


@click.command("issue-key")
@click.argument("username")
@click.option("--key-file", required=True, type=click.Path(path_type=Path), help="Where to write the key.")
@telling_problems
def issue_key_command(username: str, key_file: Path) -> None:
    """Issue an API key that acts for one account of an agency.

    \b
    Example:
      huji admin issue-key tax-lin --key-file tax-lin.key
    """
    house = house_at_hand()
    with house.database.writing() as session:
        account = account_named(session, username)
        if account.agency_id is None:
            raise click.ClickException("此帳號不屬於連結機關 This account belongs to no agency.")
        _, key = issue_key(
            session, actor=SYSTEM, agency_id=account.agency_id, account_id=account.id, at=house.now()
        )
        write_key(key_file, key)
    click.echo(f"金鑰已寫入 key written to {key_file}")
