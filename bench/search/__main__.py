"""Scores look-ups: recall, precision among the first ten, and times, by class of question and by engine.

  make bench-search                                 an invented population, on SQLite and PostgreSQL
  make bench-search TRUTH=truth.jsonl               outside questions, of the site at HUJI_DATABASE_URL
  make bench-search TRUTH=t.jsonl ENTRIES=e.jsonl   those, of these entries loaded afresh on both engines

The truth's format stands in bench/search/truth.py. PostgreSQL is started privately; DATABASE_URL names an
empty database to use instead. COUNT=N invents so many entries.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bench.search.ask_questions import ask_questions
from bench.search.fill import fill, open_bench_case
from bench.search.invent_people import invent_people
from bench.search.measure import figures, measure
from bench.search.private_postgres import postgres_binary, private_postgres
from bench.search.report import medians, report, write_report
from bench.search.truth import Question, read_truth
from storage.database.engine import make_engine
from storage.database.migrate import migrate
from storage.database.session import Database

RESULTS = Path("bench/results/search.json")
SITE = "sqlite:///var/huji.sqlite"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be asked, of which entries (None: of what the site holds), and how often."""

    questions: Sequence[Question]
    entries: bytes | None
    runs: int


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the results; return the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        contenders, versions = _contenders(_work(asked))
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    about = {"entries": asked.count, "seed": asked.seed, "questions_a_class": asked.each}
    outside = {"truth": asked.truth.name} if asked.truth else about
    document = report(contenders, asked.runs, {**outside, "versions": versions})
    write_report(asked.out, document)
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return 0


def _work(asked: argparse.Namespace) -> Work:
    if asked.truth:
        entries = asked.entries.read_bytes() if asked.entries else None
        return Work(read_truth(asked.truth), entries, asked.runs)
    people = invent_people(asked.count, asked.seed)
    lines = "".join(json.dumps(one.row, ensure_ascii=False) + "\n" for one in people)
    return Work(ask_questions(people, asked.each, asked.seed), lines.encode(), asked.runs)


def _contenders(work: Work) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    if work.entries is None:
        with _opened(os.environ.get("HUJI_DATABASE_URL", SITE)) as database:
            return {database.dialect: _measured(database, work)}, {}
    found, versions = {}, {}
    with tempfile.TemporaryDirectory(prefix="huji-bench-") as folder:
        found["sqlite"] = _on_fresh(f"sqlite:///{folder}/search.sqlite", work)
    given = os.environ.get("DATABASE_URL")
    if given or postgres_binary("postgres"):
        with nullcontext(given) if given else private_postgres() as url:
            found["postgresql"] = _on_fresh(url, work)
            versions["postgresql"] = _server_version(url)
    else:
        print("PostgreSQL is not installed: SQLite alone is measured.", file=sys.stderr)
    return found, versions


def _on_fresh(url: str, work: Work) -> dict[str, float]:
    assert work.entries is not None
    migrate(url)
    with _opened(url) as database:
        rate = fill(database, work.entries)
        _settle(database)
        print(f"{database.dialect}: {rate:.0f} entries a second loaded", file=sys.stderr)
        return {"load.entries_a_second": round(rate, 1), **_measured(database, work)}


def _measured(database: Database, work: Work) -> dict[str, float]:
    actor, case = open_bench_case(database)
    measure(database, actor, case, work.questions[:3])
    runs = [figures(measure(database, actor, case, work.questions)) for _ in range(work.runs)]
    return medians(runs)


def _settle(database: Database) -> None:
    """Let the planner know the new tables, as autovacuum and SQLite's optimize do for a site in time."""
    with database.writing() as session:
        session.execute(text("ANALYZE"))


def _server_version(url: str) -> str:
    with _opened(url) as database, database.reading() as session:
        return str(session.scalar(text("SHOW server_version")))


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(make_engine(url))
    try:
        yield database
    finally:
        database.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    told = {name: Path(value) for name in ("TRUTH", "ENTRIES") if (value := os.environ.get(name))}
    parser.add_argument("--truth", type=Path, default=told.get("TRUTH"), help="questions (TRUTH)")
    parser.add_argument("--entries", type=Path, default=told.get("ENTRIES"), help="entries (ENTRIES)")
    parser.add_argument(
        "--count", type=int, default=int(os.environ.get("COUNT", "10000")), help="invented (10000)"
    )
    parser.add_argument("--each", type=int, default=10, help="questions of each class (10)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3, help="medians of so many (3)")
    parser.add_argument("--out", type=Path, default=RESULTS, help=f"({RESULTS})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
