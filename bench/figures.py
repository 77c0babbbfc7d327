"""python -m bench.figures: write the README's figures from bench/results/, so that none is typed by hand."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from bench.pipeline.tell_figures import tell_figures

README = Path("README.md")
VOLUME = Path("bench/results/volume.json")
SEARCH = Path("bench/results/search.json")
PIPELINE = Path("bench/results/pipeline.json")
FUZZ = Path("bench/results/fuzz.json")
FORMS = Path("bench/results/forms.json")
BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def figures() -> str:
    """Return the README's table of figures, as Markdown."""
    volume = _read(VOLUME)
    read = volume["contenders"]["huji"]
    search = _read(SEARCH)
    rows = [
        (
            "names exactly right before any correction",
            f"{read['names_right']:.0f} of {read['names_total']:.0f}",
        ),
        ("median worker time a page", f"{read['worker_seconds_a_page_median']:.1f} s"),
        ("median skew error", f"{read['skew_error_deg_median']:.4f}°"),
        ("largest skew error", f"{read['skew_error_deg_largest']:.4f}°"),
        (_demo(read), f"{read['demo_wall_seconds']:.0f} s"),
        *_search_rows(search),
        *_fuzz_rows(),
        *_form_rows(),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    about = (
        f"Medians of {volume['runs']} demo runs on {volume['machine']['cores']} cores (`make bench-volume`), "
        f"and of {search['runs']} runs over {search['population']['entries']:,} invented entries "
        "(`make bench-search`); forms drawn one as often as another, in families of faces left out of "
        "the fit (`make bench-forms`); the files are in `bench/results/`."
    )
    told = [tell_figures(_read(PIPELINE)), _charts(), ""]
    return "\n".join([*told, "| | |", "|---|---|", *lines, "", about, ""])


def _demo(read: dict[str, float]) -> str:
    """Say what the demo took its time for; results that do not tell the number of workers leave it out."""
    workers = f", {read['workers']:.0f} workers" if "workers" in read else ""
    return f"whole demo, {read['pages']:.0f} pages{workers}"


def _charts() -> str:
    drawn = sorted(PIPELINE.parent.glob(f"{PIPELINE.stem}-*.svg"))
    links = [f"[{chart.stem.removeprefix(f'{PIPELINE.stem}-')}]({chart.as_posix()})" for chart in drawn]
    return f"By severity, drawn: {', '.join(links)}."


def _search_rows(search: dict[str, Any]) -> list[tuple[str, str]]:
    rows = []
    for name, label in (("postgresql", "PostgreSQL"), ("sqlite", "SQLite")):
        found = search["contenders"].get(name)
        if found:
            exact, inside = found["exact.p50_ms"], found["inside.p50_ms"]
            told = f"{exact:.0f} ms, {inside:.0f} ms"
            rows.append((f"a recorded look on {label}, median: exact name, `*明*`", told))
    return rows


def _fuzz_rows() -> list[tuple[str, str]]:
    """Return what became of mutated files, where that was measured."""
    if not FUZZ.exists():
        return []
    found = _read(FUZZ)["contenders"]["huji"]
    told = f"{found['faults']}; {found['seconds_slowest']:.1f} s and {found['child_mib_largest']:.0f} MiB"
    return [(f"faults on {found['files']:,} mutated files; slowest file, largest child", told)]


def _form_rows() -> list[tuple[str, str]]:
    """Return how often another form of a character is named than is written, by severity."""
    found = _read(FORMS)["contenders"]["huji"]
    told = "; ".join(
        f"{row['wrong_as_told']:.1f} % ({row['wrong_by_recogniser']:.1f} %)" for row in found.values()
    )
    severities = " and ".join(found)
    name = f"glyphs named in another form than drawn, severity {severities} (PP-OCRv6 by itself)"
    return [(name, told)]


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def with_figures(readme: str) -> str:
    """Return the README with its block of figures written anew."""
    return BLOCK.sub(lambda match: match[1] + figures() + match[2], readme)


def main() -> int:
    """Write the README's figures."""
    README.write_text(with_figures(README.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
