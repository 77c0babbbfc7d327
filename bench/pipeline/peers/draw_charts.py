"""Draw the charts of a pipeline bench: draw_charts.py RESULT.json writes SVG files beside it.

Run by .venv-peers/bin/python, which has matplotlib.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

mpl.use("Agg")
# The same figures must give the same file: no date, no random identifiers.
mpl.rcParams["svg.hashsalt"] = "huji"
INK, LIGHT = "#1d3b5c", "#9fb4c7"
COLOURS = {
    "huji": INK,
    "huji_tesseract_only": "#5b8ab5",
    "ocrmypdf": "#b5523b",
    "tesseract": "#c9a227",
    "rapidocr_whole_page": "#4f8a5b",
    "deskew": "#b5523b",
    "jdeskew": "#c9a227",
}
NAMES = {
    "huji": "Huji",
    "huji_tesseract_only": "Huji, Tesseract only",
    "ocrmypdf": "OCRmyPDF --deskew",
    "tesseract": "Tesseract alone",
    "rapidocr_whole_page": "RapidOCR, whole page",
    "deskew": "deskew",
    "jdeskew": "jdeskew",
}
SEVERITIES = range(4)


@dataclass(frozen=True)
class Chart:
    """One figure of every contender that has it, by severity."""

    name: str
    figure: str
    label: str
    scale: float = 1.0
    most: float | None = None


CHARTS = (
    Chart("speed", "pages_a_minute", "pages a minute on one core"),
    Chart("names", "names_in_text", "names found exactly, %", 100, 102),
    Chart("characters", "text_character_error_rate", "characters wrong in the text, %", 100),
    Chart("field-characters", "character_error_rate", "characters wrong, field by field, %", 100),
    Chart("fields", "fields_exact", "fields exact, %", 100, 102),
    Chart("skew", "skew_error_deg_median", "median skew error, degrees"),
    Chart("memory", "peak_mib", "peak memory, MiB"),
)


def main() -> int:
    """Draw each figure by severity, and calibration."""
    path = Path(sys.argv[1])
    result = json.loads(path.read_text("utf-8"))
    for chart in CHARTS:
        _by_severity(result["contenders"], chart, path.with_name(f"{path.stem}-{chart.name}.svg"))
    calibrated = result["calibration"]
    _calibration(calibrated.get("by_severity", {}), path.with_name(f"{path.stem}-calibration.svg"))
    return 0


def _by_severity(contenders: dict[str, Any], chart: Chart, path: Path) -> None:
    """Draw a line a contender; a result in which none has the figure gives no chart."""
    lines = {
        name: [chart.scale * one[f"severity_{severity}.{chart.figure}"] for severity in SEVERITIES]
        for name, one in contenders.items()
        if all(f"severity_{severity}.{chart.figure}" in one for severity in SEVERITIES)
    }
    if not lines:
        path.unlink(missing_ok=True)
        return
    figure, axes = plt.subplots(figsize=(7, 3.6))
    for name, values in lines.items():
        wide = 2.5 if name == "huji" else 1.2
        axes.plot(SEVERITIES, values, marker="o", label=NAMES[name], linewidth=wide, color=COLOURS[name])
    axes.set_xticks(SEVERITIES)
    axes.set_ylim(0, chart.most)
    axes.set_xlabel("severity of the page")
    axes.set_ylabel(chart.label)
    axes.legend(frameon=False, fontsize=8)
    _save(figure, [axes], path)


def _calibration(by_severity: dict[str, Any], path: Path) -> None:
    """Draw a panel a severity: what was claimed across, what was right upwards, dots by their values."""
    figure, panels = plt.subplots(1, len(SEVERITIES), figsize=(10, 3), sharey=True)
    for severity, axes in zip(SEVERITIES, panels, strict=True):
        rows = list(by_severity.get(str(severity), {}).get("bins", ()))
        axes.plot([0, 1], [0, 1], color=LIGHT, linewidth=1)
        axes.scatter(
            [row["claimed"] for row in rows],
            [row["right"] for row in rows],
            s=[20 + row["values"] / 5 for row in rows],
            color=INK,
        )
        axes.set_title(f"severity {severity}", fontsize=9)
        axes.set_xlabel("confidence shown")
    panels[0].set_ylabel("share right")
    _save(figure, panels, path)


def _save(figure: Any, panels: Any, path: Path) -> None:
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
