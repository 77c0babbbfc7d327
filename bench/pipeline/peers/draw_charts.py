"""Draw the charts of a pipeline bench: draw_charts.py RESULT.json writes SVG files beside it.

Run by .venv-peers/bin/python, which has matplotlib.
"""

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

mpl.use("Agg")
# The same figures must give the same file: no date, no random identifiers.
mpl.rcParams["svg.hashsalt"] = "huji"
INK, LIGHT = "#1d3b5c", "#9fb4c7"
NAMES = {
    "huji": "Huji",
    "huji_tesseract_only": "Huji, Tesseract only",
    "ocrmypdf": "OCRmyPDF --deskew",
    "tesseract": "Tesseract alone",
    "rapidocr_whole_page": "RapidOCR, whole page",
    "deskew": "deskew",
    "jdeskew": "jdeskew",
}


def main() -> int:
    """Draw speed, names by severity, and calibration."""
    path = Path(sys.argv[1])
    result = json.loads(path.read_text("utf-8"))
    _speed(result["contenders"], path.with_name("pipeline-speed.svg"))
    _names(result["contenders"], path.with_name("pipeline-names.svg"))
    _calibration(result["calibration"], path.with_name("pipeline-calibration.svg"))
    return 0


def _speed(contenders: dict[str, Any], path: Path) -> None:
    readers = {name: one["pages_a_minute"] for name, one in contenders.items() if "pages_a_minute" in one}
    figure, axes = plt.subplots(figsize=(7, 2.6))
    colours = [INK if name == "huji" else LIGHT for name in readers]
    bars = axes.barh([NAMES[name] for name in readers], list(readers.values()), color=colours)
    axes.bar_label(bars, fmt="%.1f", padding=3)
    axes.invert_yaxis()
    axes.set_xlabel("pages a minute on one core")
    _save(figure, axes, path)


def _names(contenders: dict[str, Any], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(7, 3.6))
    for name, one in contenders.items():
        shares = [one.get(f"severity_{severity}.names_in_text") for severity in range(4)]
        if None not in shares:
            wide = 2.5 if name == "huji" else 1.2
            axes.plot(
                range(4), [100 * share for share in shares], marker="o", label=NAMES[name], linewidth=wide
            )
    axes.set_xticks(range(4))
    axes.set_ylim(0, 102)
    axes.set_xlabel("severity of the page")
    axes.set_ylabel("names found exactly, %")
    axes.legend(frameon=False, fontsize=8)
    _save(figure, axes, path)


def _calibration(calibration: dict[str, Any], path: Path) -> None:
    rows = list(calibration["bins"])
    figure, axes = plt.subplots(figsize=(4, 3.6))
    axes.plot([0, 1], [0, 1], color=LIGHT, linewidth=1)
    axes.scatter(
        [row["claimed"] for row in rows],
        [row["right"] for row in rows],
        s=[20 + row["values"] / 10 for row in rows],
        color=INK,
    )
    axes.set_xlabel("confidence shown")
    axes.set_ylabel("share right")
    _save(figure, axes, path)


def _save(figure: Any, axes: Any, path: Path) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
