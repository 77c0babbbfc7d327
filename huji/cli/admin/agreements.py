"""huji admin: agreements with agencies."""

from datetime import timedelta

import click

from access.principal import SYSTEM
from domain.series import load_series
from huji.cli.admin.telling import by_code, house_at_hand, telling_problems
from index_service.agencies.operations.approve_agreement import approve_agreement, last_moment
from storage.organisations.tables import Agency


@click.command("approve-agreement")
@click.argument("agency")
@click.option("--legal-basis", required=True)
@click.option("--purpose", "purposes", multiple=True, required=True)
@click.option("--series", required=True)
@click.option(
    "--field", "fields", multiple=True, help="A granted field; without any, all but the masked ones."
)
@click.option("--custodian", required=True)
@click.option("--years", default=5, show_default=True, type=click.IntRange(1, 5))
@click.option("--whole-pages", is_flag=True, help="Grant whole pages, not only boxes.")
@telling_problems
def approve_agreement_command(
    agency: str,
    legal_basis: str,
    purposes: tuple[str, ...],
    series: str,
    fields: tuple[str, ...],
    custodian: str,
    years: int,
    whole_pages: bool,
) -> None:
    """Approve what an agency may look up, and why.

    \b
    Example:
      huji admin approve-agreement TAX01 --legal-basis 稅捐稽徵法第30條 --purpose 遺產稅核課 \\
        --series colonial_register --custodian 王小明
    """
    house = house_at_hand()
    now = house.now()
    with house.database.writing() as session:
        approve_agreement(
            session,
            actor=SYSTEM,
            agency_id=by_code(session, Agency, agency).id,
            legal_basis=legal_basis,
            purposes=purposes,
            fields={series: list(fields) or unmasked_fields(series)},
            custodian=custodian,
            valid_from=now,
            valid_until=min(now + timedelta(days=366 * years), last_moment(now)),
            whole_pages=whole_pages,
            at=now,
        )
    click.echo(f"{agency}: {series}, {years} years")


def unmasked_fields(series: str) -> list[str]:
    """Return the keys of a series' fields that are shown without a special grant.

    Raises:
        click.ClickException: there is no such series.
    """
    try:
        return [field.key for field in load_series(series).fields if not field.masked]
    except KeyError as error:
        raise click.ClickException(f"查無簿冊類別 {series} There is no series {series}.") from error
