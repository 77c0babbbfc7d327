"""Who acts on the command line: the holder of an API key, or an account that gives its password."""

from pathlib import Path

import click

from access.keys.queries import find_key_holder
from access.principal import Principal
from access.sessions.operations.sign_in import sign_in
from huji.wiring import House


def acting_party(house: House, key_file: Path | None, user: str | None, password: str | None) -> Principal:
    """Return the party behind a key file, or behind a user name and password.

    Raises:
        click.ClickException: neither is given, or neither is right.
    """
    if key_file is not None:
        with house.database.reading() as session:
            holder = find_key_holder(session, key=key_file.read_text("utf-8").strip())
        if holder is None:
            raise click.ClickException("金鑰不明或已撤銷 The key in that file is unknown or revoked.")
        return holder
    if user is None:
        raise click.ClickException("請以 --key-file 或 --user 表明身分 Say who asks: --key-file or --user.")
    entered = password or click.prompt("密碼 Password", hide_input=True)
    with house.database.writing() as session:
        signed = sign_in(session, username=user, password=entered, at=house.now())
    if signed.principal is None:
        raise click.ClickException(str(signed.problem))
    return signed.principal
