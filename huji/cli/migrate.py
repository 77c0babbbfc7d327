"""huji migrate: bring the database's schema up to date."""

from pathlib import Path

import click
from sqlalchemy.engine import make_url

from huji.settings import Settings
from storage.database.migrate import is_current, migrate


@click.command("migrate")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if the schema is not the newest.")
def migrate_command(check: bool) -> None:
    """Bring the schema of HUJI_DATABASE_URL to the newest migration; running it again changes nothing.

    \b
    Example:
      HUJI_DATABASE_URL=postgresql://huji@db/huji huji migrate
    """
    url = Settings().database_url
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    if not check:
        migrate(url)
    if not is_current(url):
        raise click.ClickException("資料庫結構不是最新版 The schema is not the newest: run huji migrate.")
    click.echo("資料庫結構已是最新版 The schema is the newest.")
