"""From what contenders answered to figures, by severity."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from bench.pages.score_page import score_page, turn_between
from bench.pages.sum_up import calibration, summarise
from bench.pipeline.contender import Run
from bench.pipeline.score_text import characters_found, names_found
from bench.pipeline.standard_set import SetPage

Figures = dict[str, float]


def of_reader(run: Run, pages: Sequence[SetPage]) -> Figures:
    """Return what holds for every reader: pages a minute, names and characters in its text, peak memory."""
    figures: Figures = {"pages_a_minute": _pages_a_minute(run.pages)}
    peaks = [said["peak_mib"] for said in run.pages if "peak_mib" in said]
    if run.peak_mib is not None:
        figures["peak_mib"] = max(run.peak_mib, *peaks) if peaks else run.peak_mib
    for severity, pairs in _by_severity(run, pages):
        names = [names_found(page.truth, said["text"]) for page, said in pairs]
        characters = [characters_found(page.truth, said["text"]) for page, said in pairs]
        answers = [said for _, said in pairs]
        figures[f"severity_{severity}.pages_a_minute"] = _pages_a_minute(answers)
        if all("peak_mib" in said for said in answers):
            figures[f"severity_{severity}.peak_mib"] = max(said["peak_mib"] for said in answers)
        figures[f"severity_{severity}.names_in_text"] = _share(names)
        figures[f"severity_{severity}.character_recall"] = _share(characters)
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


def _pages_a_minute(answers: Sequence[Mapping[str, Any]]) -> float:
    return 60 * len(answers) / sum(float(one["seconds"]) for one in answers)


def _by_severity(run: Run, pages: Sequence[SetPage]) -> Iterable[tuple[int, list[tuple[SetPage, Any]]]]:
    said: Mapping[str, Any] = {one["file"]: one for one in run.pages}
    for severity in sorted({page.severity for page in pages}):
        chosen = [page for page in pages if page.severity == severity]
        yield severity, [(page, said[str(page.path)]) for page in chosen if str(page.path) in said]


def _share(counts: Sequence[tuple[int, int]]) -> float:
    total = sum(whole for _, whole in counts)
    return sum(part for part, _ in counts) / total if total else 0.0


def _rounded(figures: Figures) -> Figures:
    return {name: round(value, 5) for name, value in figures.items()}
