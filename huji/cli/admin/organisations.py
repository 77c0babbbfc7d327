"""huji admin: offices, agencies, stations."""

from pathlib import Path

import click

from access.organisations.operations.add_agency import add_agency
from access.organisations.operations.add_office import add_office
from access.organisations.operations.enrol_station import enrol_station
from access.principal import SYSTEM
from huji.cli.admin.telling import by_code, house_at_hand, telling_problems, write_key
from storage.organisations.tables import Office


@click.command("add-office")
@click.argument("code")
@click.argument("name")
@telling_problems
def add_office_command(code: str, name: str) -> None:
    """Add an office: huji admin add-office 63000010 臺北市中正區戶政事務所."""
    house = house_at_hand()
    with house.database.writing() as session:
        office = add_office(session, actor=SYSTEM, code=code, name=name, at=house.now())
    click.echo(f"{office.code} {office.name}")


@click.command("add-agency")
@click.argument("code")
@click.argument("name")
@telling_problems
def add_agency_command(code: str, name: str) -> None:
    """Add a linked agency: huji admin add-agency TAX01 財政部北區國稅局."""
    house = house_at_hand()
    with house.database.writing() as session:
        agency = add_agency(session, actor=SYSTEM, code=code, name=name, at=house.now())
    click.echo(f"{agency.code} {agency.name}")


@click.command("enrol-station")
@click.argument("code")
@click.argument("name")
@click.option("--office", required=True, help="The office's code.")
@click.option("--key-file", required=True, type=click.Path(path_type=Path), help="Where to write the key.")
@telling_problems
def enrol_station_command(code: str, name: str, office: str, key_file: Path) -> None:
    """Enrol a station and write its key.

    \b
    Example:
      huji admin enrol-station S1 掃描站 --office 63000010 --key-file s1.key
    """
    house = house_at_hand()
    with house.database.writing() as session:
        place = by_code(session, Office, office)
        _, key = enrol_station(session, actor=SYSTEM, office=place, code=code, name=name, at=house.now())
        write_key(key_file, key)
    click.echo(f"金鑰已寫入 key written to {key_file}")
