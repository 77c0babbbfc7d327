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
Result = Mapping[str, Any]


def tell_figures(result: Result) -> str:
    """Return the tables as Markdown: readers by speed and names, what Huji alone answers, how sure it is."""
    return "\n".join([*_readers(result), "", *_own(result), "", _about(result), ""])


def _readers(result: Result) -> Iterator[str]:
    yield "| names found exactly, on pages | clean | ordinary | poor | bad | pages a minute | peak MiB |"
    yield "|---|---|---|---|---|---|---|"
    for key, name in NAMES.items():
        one = result["contenders"][key]
        shares = [f"{100 * one[f'severity_{severity}.names_in_text']:.1f} %" for severity in SEVERITIES]
        yield f"| {name} | {' | '.join(shares)} | {one['pages_a_minute']:.1f} | {_peak(one):.0f} |"


def _peak(one: Mapping[str, float]) -> float:
    """Return the most memory taken: with the decoder's process where it was told page by page."""
    return max(one["peak_mib"], *(one.get(f"severity_{severity}.peak_mib", 0.0) for severity in SEVERITIES))


def _own(result: Result) -> Iterator[str]:
    one = result["contenders"]["huji"]
    yield "| Huji, on pages | clean | ordinary | poor | bad |"
    yield "|---|---|---|---|---|"
    rows = (
        ("names exact in their field", "names_exact", "{:.1%}"),
        ("all fields exact", "fields_exact", "{:.1%}"),
        ("characters wrong", "character_error_rate", "{:.2%}"),
        ("median skew error", "skew_error_deg_median", "{:.4f}°"),
    )
    for label, key, form in rows:
        told = [form.format(one[f"severity_{severity}.{key}"]) for severity in SEVERITIES]
        yield f"| {label} | {' | '.join(told)} |"


def _about(result: Result) -> str:
    ratios, sure = result["ratios"], result["calibration"]["sure"]
    faster, both = ratios["times_faster_than_ocrmypdf"], ratios["two_processes_to_one"]
    return " ".join(
        [
            f"{result['pages']} drawn pages, of which the peers read {result['peer_pages']};",
            "one core and one thread each (`make bench-pipeline`).",
            f"Huji took {faster:.1f} times as many pages a minute as OCRmyPDF, turn by turn,",
            f"and two processes {both:.2f} times as many as one.",
            f"Of {sure['values']:,} values shown as at least 98 % sure",
            f"{sure['share']:.1%} were right.",
            "A name counts for a peer wherever it stands in its text; for Huji also in its field.",
        ]
    )
