"""What every admin command shares: the house, organisations by code, errors told in both languages."""

import os
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError
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
            raise click.ClickException(told(problem)) from problem
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(
                "資料庫無法使用，請確認 HUJI_DATABASE_URL 並執行 huji migrate。 "
                "The database cannot be used: check HUJI_DATABASE_URL and run huji migrate."
            ) from error
        except DataError as error:
            raise click.ClickException(
                "輸入的內容過長或含有不能儲存的字元。 A value is too long or cannot be kept."
            ) from error

    return wrapped


def told(problem: Problem) -> str:
    """Return a refusal and its defects in both languages."""
    defects = problem.details.get("defects", [])
    lines = [f"{one['zh']} {one['en']}" if isinstance(one, Mapping) else str(one) for one in defects]
    return "\n  - ".join([f"{problem.zh} {problem.en}", *lines])


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
    """Return the house that the environment's settings name.

    Raises:
        click.ClickException: a setting is wrong; its value is not repeated, for it may be secret.
    """
    try:
        return build_house(Settings())
    except ValidationError as error:
        names = ", ".join(f"HUJI_{one['loc'][0]}".upper() for one in error.errors())
        raise click.ClickException(f"設定有誤，請更正 Mend these settings: {names}") from error
    except ValueError as error:
        raise click.ClickException(f"設定有誤 A setting is wrong: {error}") from error


def write_key(path: Path, key: str) -> None:
    """Write a key into a new file that only its owner can read.

    Raises:
        click.ClickException: the file is there already (a key in it is kept nowhere else), or cannot be made.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key + "\n")
    except FileExistsError as error:
        raise click.ClickException(
            f"{path} 已存在，請換一個檔名。 {path} is there already: name another file."
        ) from error
    except OSError as error:
        raise click.ClickException(
            f"無法寫入 {path}，請確認資料夾存在。 {path} cannot be written: does its folder exist?"
        ) from error


def account_named(session: Session, username: str) -> Account:
    """Return the account with this user name.

    Raises:
        click.ClickException: there is none.
    """
    account = session.scalar(select(Account).filter_by(username=username))
    if account is None:
        raise click.ClickException(f"查無帳號 {username} There is no account {username}.")
    return account
