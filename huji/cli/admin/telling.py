"""What every admin command shares: the house, organisations by code, errors told in both languages."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account
from access.http.problems import Problem
from huji.settings import Settings
from huji.wiring import House, build_house


def telling_problems(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a refusal into the command line's own error, in both languages."""

    @wraps(command)
    def wrapped(*args: Any, **named: Any) -> None:
        try:
            command(*args, **named)
        except Problem as problem:
            defects = [f"\n  - {one['zh']} {one['en']}" for one in problem.details.get("defects", [])]
            raise click.ClickException(f"{problem.zh} {problem.en}{''.join(defects)}") from problem

    return wrapped


def by_code(session: Session, table: Any, code: str) -> Any:
    """Return the organisation with this code.

    Raises:
        click.ClickException: there is none.
    """
    found = session.scalar(select(table).filter_by(code=code))
    if found is None:
        raise click.ClickException(f"查無代碼 {code} There is no {table.__tablename__} {code}.")
    return found


def house_at_hand() -> House:
    """Return the house that the environment's settings name."""
    return build_house(Settings())


def write_key(path: Path, key: str) -> None:
    """Write a key where only its owner can read it."""
    path.touch(mode=0o600)
    path.write_text(key + "\n", "utf-8")


def account_named(session: Session, username: str) -> Account:
    """Return the account with this user name.

    Raises:
        click.ClickException: there is none.
    """
    account = session.scalar(select(Account).filter_by(username=username))
    if account is None:
        raise click.ClickException(f"查無帳號 {username} There is no account {username}.")
    return account
