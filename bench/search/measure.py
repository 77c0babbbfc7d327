"""Asks every question through the product's own look-up, on record, and scores what comes back."""

import time
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean, quantiles

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from access.principal import Principal
from bench.search.truth import Question
from index_service.lookups.operations.look_up import ShownHit, look_up
from index_service.search.query import MOST_HITS, Query
from storage.catalogue.tables import Page, Volume
from storage.database.session import Database
from storage.organisations.tables import Office

FIRST = 10


@dataclass(frozen=True, slots=True)
class Score:
    """What one question came to: shares from 0 to 1, and milliseconds."""

    kind: str
    recall: float
    precision: float
    milliseconds: float


def measure(
    database: Database, actor: Principal, case: uuid.UUID, questions: Sequence[Question]
) -> list[Score]:
    """Ask every question once."""
    return [_ask(database, actor, case, question) for question in questions]


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """Return the figures of one run: `class.recall`, `.precision_at_10`, `.p50_ms`, `.p95_ms`."""
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_kind[score.kind].append(score)
    found = {}
    for kind, some in by_kind.items():
        found[f"{kind}.recall"] = mean(one.recall for one in some)
        found[f"{kind}.precision_at_{FIRST}"] = mean(one.precision for one in some)
        found[f"{kind}.p50_ms"] = _quantile([one.milliseconds for one in some], 50)
        found[f"{kind}.p95_ms"] = _quantile([one.milliseconds for one in some], 95)
    return found


def score_hits(
    expected: Sequence[Mapping[str, str]], hits: Sequence[Mapping[str, str]]
) -> tuple[float, float]:
    """Return recall and precision among the first ten; an answer shows at most so many hits as it may."""
    left = list(expected)
    right = [_take(left, hit) for hit in hits]
    recall = sum(right) / min(len(expected), MOST_HITS) if expected else 1.0
    first = right[:FIRST]
    return recall, sum(first) / len(first) if first else float(not expected)


def _take(left: list[Mapping[str, str]], hit: Mapping[str, str]) -> bool:
    """Strike off the expected entry that this hit is, if one is."""
    for one in left:
        if all(hit.get(key) == value for key, value in one.items()):
            left.remove(one)
            return True
    return False


def _ask(database: Database, actor: Principal, case: uuid.UUID, question: Question) -> Score:
    query = Query(**question.asked, name_fields=question.name_fields)  # type: ignore[arg-type] # read_truth checked the keys
    started = time.perf_counter()
    try:
        found = look_up(
            database, actor=actor, case_folder_id=case, query=query, now=lambda: datetime.now(UTC)
        ).hits
    except Invalid:
        found = ()  # a question that cannot be asked finds nobody
    taken = 1000 * (time.perf_counter() - started)
    with database.reading() as session:
        hits = _described(session, found)
    recall, precision = score_hits(question.expected, hits)
    return Score(question.kind, recall, precision, taken)


def _described(session: Session, hits: Sequence[ShownHit]) -> list[dict[str, str]]:
    query = (
        select(Page.id, Page.designation, Volume.designation, Office.code)
        .join(Volume, Page.volume_id == Volume.id)
        .join(Office, Page.office_id == Office.id)
        .where(Page.id.in_({hit.page_id for hit in hits}))
    )
    places = {
        page_id: {"page": page, "volume": volume, "office": office}
        for page_id, page, volume, office in session.execute(query)
    }
    return [{key: value["text"] for key, value in hit.fields.items()} | places[hit.page_id] for hit in hits]


def _quantile(values: Sequence[float], percent: int) -> float:
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]
