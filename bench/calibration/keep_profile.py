"""Keep what was fitted or measured for one engine beside what stands there of the others."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.write_result import write_result
from ingest.pipeline.load_curves import Curves

PACKAGES = ("rapidocr", "onnxruntime", "pytesseract", "numpy", "opencv-python-headless")


def keep_curves(path: Path, engine: str, curves: Curves, about: Mapping[str, str]) -> None:
    """Write an engine's curves with how they were `made` and of what (`source`); other engines' stay."""
    engines = _within(path, "engines") | {
        engine: {**about, "curves": {kind: asdict(curve) for kind, curve in curves.items()}}
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"engines": engines}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def keep_measures(path: Path, engine: str, measured: Mapping[str, Any]) -> None:
    """Write what was measured of the profile in which an engine reads; what stands there of others stays."""
    write_result(path, PACKAGES, _within(path, "contenders") | {engine: measured})


def _within(path: Path, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))[key] if path.exists() else {}
    return found
