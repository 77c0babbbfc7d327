"""huji admin: volumes."""

import click

from access.principal import SYSTEM
from huji.cli.admin.telling import by_code, house_at_hand, telling_problems
from index_service.volumes.operations.register_volume import register_volume
from storage.organisations.tables import Office


@click.command("register-volume")
@click.argument("designation")
@click.option("--office", required=True, help="The office's code.")
@click.option("--series", required=True)
@click.option("--title", default="")
@click.option("--pages", type=int, help="How many pages it has; refused for an open-ended series.")
@telling_problems
def register_volume_command(
    designation: str, office: str, series: str, title: str, pages: int | None
) -> None:
    """Register a volume: huji admin register-volume 甲-001 --office 63000010 --series colonial_register."""
    house = house_at_hand()
    with house.database.writing() as session:
        place = by_code(session, Office, office)
        register_volume(
            session,
            actor=SYSTEM,
            office_id=place.id,
            series_key=series,
            designation=designation,
            title=title,
            expected_pages=pages,
            at=house.now(),
        )
    click.echo(f"{office} {designation} {series}")
