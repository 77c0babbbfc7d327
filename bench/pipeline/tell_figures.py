"""The README's table of the pipeline beside its peers, from the bench's result."""

from collections.abc import Iterator, Mapping
from typing import Any

NAMES = {
    "huji": "**Huji**",
    "huji_tesseract_only": "Huji, Tesseract only (RapidOCR forbidden)",
    "rapidocr_whole_page": "RapidOCR on the whole page",
    "tesseract": "Tesseract `chi_tra_vert` alone",
    "ocrmypdf": "OCRmyPDF `--deskew -l chi_tra_vert`",
}
SEVERITIES = range(4)
TEXT_ERRORS = "text_character_error_rate"
FASTER, BOTH = "times_faster_than_ocrmypdf", "two_processes_to_one"
OLDER_OVER = "pages of severity 1 alone"
"""What both ratios were taken over in results that do not say."""
Result = Mapping[str, Any]


def tell_figures(result: Result) -> str:
    """Return the tables as Markdown: readers by speed and names, what Huji alone answers, how sure it is."""
    return "\n".join([*_readers(result), "", *_errors(result), *_own(result), "", _about(result), ""])


def _readers(result: Result) -> Iterator[str]:
    yield "| names found exactly, on pages | clean | ordinary | poor | bad | pages a minute | peak MiB |"
    yield "|---|---|---|---|---|---|---|"
    for key, name in NAMES.items():
        one = result["contenders"][key]
        told = [*_shares(one, "names_in_text"), f"{one['pages_a_minute']:.1f}", f"{one['peak_mib']:.0f}"]
        yield f"| {name} | {' | '.join(told)} |"


def _errors(result: Result) -> Iterator[str]:
    """Tell the readers' character errors, where the result has them."""
    told = {key: one for key, one in result["contenders"].items() if f"severity_0.{TEXT_ERRORS}" in one}
    if not told:
        return
    yield "| characters wrong in the text, on pages | clean | ordinary | poor | bad |"
    yield "|---|---|---|---|---|"
    for key, name in NAMES.items():
        if key in told:
            yield f"| {name} | {' | '.join(_shares(told[key], TEXT_ERRORS))} |"
    yield ""


def _shares(one: Mapping[str, float], name: str) -> list[str]:
    return [f"{100 * one[f'severity_{severity}.{name}']:.1f} %" for severity in SEVERITIES]


def _own(result: Result) -> Iterator[str]:
    one = result["contenders"]["huji"]
    yield "| Huji, on pages | clean | ordinary | poor | bad |"
    yield "|---|---|---|---|---|"
    rows = (
        ("names exact in their field", "names_exact", "{:.1%}"),
        ("all fields exact", "fields_exact", "{:.1%}"),
        ("characters wrong, field by field", "character_error_rate", "{:.2%}"),
        ("median skew error", "skew_error_deg_median", "{:.4f}°"),
        ("95th percentile of it", "skew_error_deg_p95", "{:.4f}°"),
    )
    for label, key, form in rows:
        told = [form.format(one[f"severity_{severity}.{key}"]) for severity in SEVERITIES]
        yield f"| {label} | {' | '.join(told)} |"


def _about(result: Result) -> str:
    sure = result["calibration"]["sure"]
    return " ".join(
        [
            f"{result['pages']} drawn pages, of which the peers read {result['peer_pages']};",
            "one core and one thread each (`make bench-pipeline`).",
            _core(result["machine"]),
            _speeds(result),
            f"Of {sure['values']:,} values shown as at least 98 % sure",
            f"{sure['share']:.1%} were right.",
            "A name counts for a peer wherever it stands in its text; for Huji also in its field.",
            _how(result),
        ]
    )


def _core(machine: Mapping[str, Any]) -> str:
    """Say how fast the core was that all speeds were measured on."""
    return (
        f"The core ({machine['processor']}) multiplied matrices of float32 "
        f"at {machine['core_gigaflops']:.0f} gigaflops then."
    )


def _speeds(result: Result) -> str:
    ratios, over = result["ratios"], result.get("ratios_over", {})
    return (
        f"Turn by turn, Huji took {ratios[FASTER]:.1f} times as many pages a minute as OCRmyPDF "
        f"({over.get(FASTER, OLDER_OVER)}), and two processes "
        f"{ratios[BOTH]:.2f} times as many as one ({over.get(BOTH, OLDER_OVER)})."
    )


def _how(result: Result) -> str:
    """Say of what the figures are medians, and what memory is counted."""
    if "rounds" not in result:
        return (
            f"Both ratios are medians of {result['runs']} rounds; every contender ran once. "
            "Peaks of Huji are of the worker without its decoder's or Tesseract's process. "
            "The table's pages a minute are over all severities."
        )
    return (
        "Characters wrong in a text: each value against the passage nearest to it, wherever that stands. "
        f"Speeds are over the {result['peer_pages']} pages that all read; those of Huji and OCRmyPDF "
        f"and both ratios are medians of {result['rounds']} rounds, all else is of one. "
        "A peak is the sum of those of all of a contender's processes (of Huji: worker and decoder)."
    )
