"""From what contenders answered to figures, by severity."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from bench.pages.score_page import score_page, turn_between
from bench.pages.sum_up import calibration, summarise
from bench.pipeline.contender import Run
from bench.pipeline.score_text import character_errors, characters_found, names_found
from bench.pipeline.standard_set import SetPage

Figures = dict[str, float]


def of_speed(runs: Sequence[Run], pages: Sequence[SetPage]) -> Figures:
    """Return how many of these pages a contender takes in a minute, the median of its runs, and their
    number."""
    figures: Figures = {"runs": len(runs), "pages_a_minute": median(_rate(run, pages) for run in runs)}
    for severity, chosen in _severities(pages):
        figures[f"severity_{severity}.pages_a_minute"] = median(_rate(run, chosen) for run in runs)
    return _rounded(figures)


def of_memory(run: Run, pages: Sequence[SetPage]) -> Figures:
    """Return the most memory that all of a contender's processes held, and of it what a worker itself says
    that it held."""
    figures: Figures = {"peak_mib": _peak(run.pages, "tree_peak_mib")}
    if all("own_peak_mib" in said for said in run.pages):
        figures["worker_peak_mib"] = _peak(run.pages, "own_peak_mib")
    for severity, pairs in _by_severity(run, pages):
        figures[f"severity_{severity}.peak_mib"] = _peak([said for _, said in pairs], "tree_peak_mib")
    return _rounded(figures)


def of_text(run: Run, pages: Sequence[SetPage]) -> Figures:
    """Return what holds for every reader's text: names and characters found in it, wherever they stand."""
    figures: Figures = {"pages": len(run.pages)}
    counts = {
        "names_in_text": names_found,
        "character_recall": characters_found,
        "text_character_error_rate": character_errors,
    }
    for severity, pairs in _by_severity(run, pages):
        for name, count in counts.items():
            figures[f"severity_{severity}.{name}"] = _share(
                [count(page.truth, said["text"]) for page, said in pairs]
            )
    return _rounded(figures)


def of_form_reader(run: Run, pages: Sequence[SetPage]) -> Figures:
    """Return what holds for a reader of forms: names and fields exact, character error rate, flags."""
    figures: Figures = {}
    for severity, pairs in _by_severity(run, pages):
        summed = summarise([score_page(page.truth, said) for page, said in pairs])
        about = f"severity_{severity}"
        figures[f"{about}.names_exact"] = summed["names"]["share"] or 0.0
        figures[f"{about}.names_total"] = summed["names"]["total"]
        figures[f"{about}.fields_exact"] = summed["field_accuracy"] or 0.0
        figures[f"{about}.character_error_rate"] = summed["character_error_rate"] or 0.0
        figures[f"{about}.flagged"] = _share([(int(said["flagged"]), 1) for _, said in pairs])
        for series in sorted({page.series for page, _ in pairs}):
            scores = [score_page(page.truth, said) for page, said in pairs if page.series == series]
            names = summarise(scores)["names"]
            figures[f"{about}.{series}.names_exact"] = names["share"] or 0.0
    return _rounded(figures)


def of_skew(run: Run, pages: Sequence[SetPage]) -> Figures:
    """Return the error in degrees of an estimator of skew."""
    figures: Figures = {}
    for severity, pairs in _by_severity(run, pages):
        errors = sorted(turn_between(said["skew_deg"], page.truth["skew_deg"]) for page, said in pairs)
        figures[f"severity_{severity}.skew_error_deg_median"] = median(errors)
        figures[f"severity_{severity}.skew_error_deg_p95"] = errors[round(0.95 * (len(errors) - 1))]
    return _rounded(figures)


def calibrated(run: Run, pages: Sequence[SetPage]) -> dict[str, Any]:
    """Return how far the confidence shown can be trusted, over all pages and at each severity."""
    by_severity = {
        str(severity): [claim for page, said in pairs for claim in score_page(page.truth, said).claims]
        for severity, pairs in _by_severity(run, pages)
    }
    return calibration([claim for claims in by_severity.values() for claim in claims]) | {
        "by_severity": {severity: calibration(claims) for severity, claims in by_severity.items()}
    }


def of_turns(rounds: Sequence[tuple[Run, Run]], pages: Sequence[SetPage]) -> Figures:
    """Return how many times faster than the second of each pair the first took these pages: the median of
    the rounds, over all severities and at each."""
    figures: Figures = {"times_faster_than_ocrmypdf": _times_faster(rounds, pages)}
    for severity, chosen in _severities(pages):
        figures[f"severity_{severity}.times_faster_than_ocrmypdf"] = _times_faster(rounds, chosen)
    return _rounded(figures)


def _times_faster(rounds: Sequence[tuple[Run, Run]], pages: Sequence[SetPage]) -> float:
    return median(_rate(one, pages) / _rate(other, pages) for one, other in rounds)


def _rate(run: Run, pages: Sequence[SetPage]) -> float:
    """Return pages a minute over those of the pages that the run took."""
    wanted = {str(page.path) for page in pages}
    seconds = [float(said["seconds"]) for said in run.pages if said["file"] in wanted]
    return 60 * len(seconds) / sum(seconds)


def _peak(answers: Sequence[Mapping[str, Any]], name: str) -> float:
    return max(float(said[name]) for said in answers)


def _severities(pages: Sequence[SetPage]) -> Iterator[tuple[int, list[SetPage]]]:
    for severity in sorted({page.severity for page in pages}):
        yield severity, [page for page in pages if page.severity == severity]


def _by_severity(run: Run, pages: Sequence[SetPage]) -> Iterable[tuple[int, list[tuple[SetPage, Any]]]]:
    said: Mapping[str, Any] = {one["file"]: one for one in run.pages}
    for severity, chosen in _severities(pages):
        yield severity, [(page, said[str(page.path)]) for page in chosen if str(page.path) in said]


def _share(counts: Sequence[tuple[int, int]]) -> float:
    total = sum(whole for _, whole in counts)
    return sum(part for part, _ in counts) / total if total else 0.0


def _rounded(figures: Figures) -> Figures:
    return {name: round(value, 5) for name, value in figures.items()}
