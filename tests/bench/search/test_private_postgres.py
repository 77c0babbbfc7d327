"""The bench's own PostgreSQL starts, answers, and leaves nothing behind, even with somebody connected."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bench.search.private_postgres import private_postgres
from storage.database.engine import make_engine


def test_it_ends_with_its_block() -> None:
    with private_postgres() as url:
        folder = Path(str(make_url(url).query["host"]))
        engine = make_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
        assert folder.is_dir()
    engine.dispose()
    assert not folder.exists()
