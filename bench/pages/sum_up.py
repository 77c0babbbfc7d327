"""Sums up how pages were read: names, fields, characters, skew, calibration; by severity and by series."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from bench.pages.page_score import Claim, FieldScore, PageScore

SURE = 0.98
BINS = 10


def sum_up(scores: Sequence[PageScore]) -> dict[str, Any]:
    """Return the figures of all pages as `summarise` gives them, with `calibration`,
    and the same for each severity (`by_severity`), each series and each severity of each series.
    """
    return whole(scores) | {
        "by_severity": _by(scores, lambda score: str(score.severity)),
        "by_series": {
            series: whole(pages) | {"by_severity": _by(pages, lambda score: str(score.severity))}
            for series, pages in _groups(scores, lambda score: score.series).items()
        },
    }


def whole(scores: Sequence[PageScore]) -> dict[str, Any]:
    """Return the figures of these pages together, with their calibration."""
    claims = [claim for score in scores for claim in score.claims]
    return summarise(scores) | {"calibration": calibration(claims)}


def summarise(scores: Sequence[PageScore]) -> dict[str, Any]:
    """Return the figures of a volume: names, fields, character error rate, skew error in degrees,
    failed pages.
    """
    fields: dict[str, FieldScore] = {}
    for score in scores:
        for key, counts in score.fields.items():
            fields.setdefault(key, FieldScore()).add(counts)
    names = fields.get("name", FieldScore())
    edits, characters = sum(f.edits for f in fields.values()), sum(f.characters for f in fields.values())
    return {
        "pages": len(scores),
        "failed_pages": Counter(score.error is not None for score in scores)[True],
        "names": {"right": names.right, "total": names.total, "share": _share(names.right, names.total)},
        "entries": {"missing": sum(s.missing for s in scores), "extra": sum(s.extra for s in scores)},
        "fields": {key: asdict(f) | {"share": _share(f.right, f.total)} for key, f in fields.items()},
        "field_accuracy": _share(
            sum(f.right for f in fields.values()), sum(f.total for f in fields.values())
        ),
        "character_error_rate": _share(edits, characters),
        "skew_error": _spread(score.skew_error for score in scores),
    }


def calibration(claims: Sequence[Claim]) -> dict[str, Any]:
    """Return how far the readers' confidence can be trusted: of the values shown as sure (≥ 0.98) how many
    are right, and for each tenth of the confidence how many there are, what was claimed on average and what
    was right.
    """
    sure = [claim for claim in claims if claim.confidence >= SURE]
    bins = [[claim for claim in claims if _bin(claim) == at] for at in range(BINS)]
    gaps = (abs(_right(one) - _claimed(one)) * len(one) for one in bins if one)
    return {
        "values": len(claims),
        "right": sum(claim.right for claim in claims),
        "sure": {
            "least": SURE,
            "values": len(sure),
            "right": sum(claim.right for claim in sure),
            "share": _share(sum(claim.right for claim in sure), len(sure)),
        },
        "bins": [
            {
                "from": at / BINS,
                "values": len(one),
                "claimed": round(_claimed(one), 4),
                "right": round(_right(one), 4),
            }
            for at, one in enumerate(bins)
            if one
        ],
        "expected_error": round(sum(gaps) / len(claims), 4) if claims else None,
    }


def _bin(claim: Claim) -> int:
    return min(BINS - 1, int(claim.confidence * BINS))


def _claimed(claims: Sequence[Claim]) -> float:
    return sum(claim.confidence for claim in claims) / len(claims)


def _right(claims: Sequence[Claim]) -> float:
    return sum(claim.right for claim in claims) / len(claims)


def _by(scores: Sequence[PageScore], key: Callable[[PageScore], str]) -> dict[str, Any]:
    return {name: whole(pages) for name, pages in _groups(scores, key).items()}


def _groups(scores: Sequence[PageScore], key: Callable[[PageScore], str]) -> dict[str, list[PageScore]]:
    groups: dict[str, list[PageScore]] = {}
    for score in scores:
        groups.setdefault(key(score), []).append(score)
    return dict(sorted(groups.items()))


def _spread(errors: Iterable[float | None]) -> dict[str, float] | None:
    known = sorted(error for error in errors if error is not None)
    if not known:
        return None
    return {"median": median(known), "p95": known[-(-95 * len(known) // 100) - 1], "largest": known[-1]}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
