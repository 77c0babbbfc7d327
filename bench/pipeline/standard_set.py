"""The standard set: pages drawn anew for every bench, from seeds that nothing was tuned on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages.draw_volume import draw_volume
from bench.pages.write_volume import write_volume

SEED = 7000
SEVERITIES = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class SetPage:
    """One page of the set: its file, how hard it was made, and what stands on it."""

    path: Path
    severity: int
    truth: Mapping[str, Any]


def draw_set(folder: Path, pages: int) -> list[SetPage]:
    """Draw so many pages of each severity below a folder; the truth lies apart from the images."""
    found: list[SetPage] = []
    for severity in SEVERITIES:
        images, truths = folder / f"severity-{severity}", folder / f"truth-{severity}"
        write_volume(draw_volume(pages, SEED + severity, severity), images, truths, lambda _truth: None)
        lines = (truths / "truth.jsonl").read_text("utf-8").splitlines()
        found += [
            SetPage(images / truth["file"], severity, truth)
            for truth in map(json.loads, lines)
            if truth["entries"]
        ]
    return found
