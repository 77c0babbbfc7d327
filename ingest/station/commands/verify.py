"""`verify`: read a bag back."""

from pathlib import Path

import click

from ingest.station.bag.verify_bag import verify_bag
from ingest.station.errors import StationError


@click.command()
@click.argument("bag", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(bag: Path) -> None:
    """Check a bag: complete, and every hash right 核對封包.

    \b
    Example:
      huji-station verify E:\\huji-0123456789abcdef
    """
    try:
        count = verify_bag(bag)
    except (StationError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"完整無誤 Whole and right: {count} 檔 files")
