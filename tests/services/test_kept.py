"""Databases copied from one that was written in: alike at the start, each its own from then on."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.organisations.tables import Office
from tests.services.kept import Holding

_written: list[str] = []


def one_office(session: Session, code: str) -> None:
    """Write an office, and note that it was written and not copied."""
    _written.append(f"{session.get_bind().dialect.name} {code}")
    session.add(Office(code=code, name="板橋戶政事務所"))


def codes(session: Session) -> set[str]:
    """The offices there."""
    return set(session.scalars(select(Office.code)))


def test_what_one_copy_is_told_no_other_knows(holding: Holding) -> None:
    first, second = holding(one_office, "65000010"), holding(one_office, "65000010")
    with first.writing() as session:
        one_office(session, "65000020")
    for database, held in ((first, 2), (second, 1), (holding(one_office, "65000010"), 1)):
        with database.reading() as session:
            assert len(codes(session)) == held


def test_what_is_asked_for_is_what_stands(holding: Holding) -> None:
    before = len(_written)
    for code in ("65000030", "65000040", "65000030"):
        with holding(one_office, code).reading() as session:
            assert codes(session) == {code}
    assert len(_written) == before + 2
