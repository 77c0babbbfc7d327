"""Check that the models in use are the ones the register accounts for."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from ingest.ocr.rapid import models_directory
from ingest.ocr.tell_forms import DATA, digest

State = Literal["registered", "unregistered", "absent"]

TESSERACT_DATA = (Path("/usr/share/tesseract-ocr/5/tessdata"), Path("/usr/share/tessdata"))
"""Where Debian and others keep Tesseract's models; TESSDATA_PREFIX is for the caller to add."""


@dataclass(frozen=True, slots=True)
class Model:
    """One line of the register."""

    name: str
    engine: str
    file: str
    maker: str
    country: str
    licence: str
    origin: str
    purpose: str
    sha256: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """Whether a registered model's file is here, and is the registered one; `sha256` is what was found."""

    model: Model
    state: State
    sha256: str | None


@cache
def registered_models() -> tuple[Model, ...]:
    """Read the register that ships beside the engines."""
    text = files("ingest.ocr").joinpath("models.toml").read_text("utf-8")
    return tuple(Model(**{**row, "sha256": tuple(row["sha256"])}) for row in tomllib.loads(text)["model"])


def model_folders() -> dict[str, tuple[Path, ...]]:
    """Give the folders in which each engine's models are installed."""
    wheel = models_directory()
    return {"rapidocr": (wheel, DATA) if wheel else (DATA,), "tesseract": TESSERACT_DATA}


def check_models(folders: Mapping[str, Sequence[Path]]) -> tuple[ModelCheck, ...]:
    """Compare each registered model with its file in the folders of its engine."""
    return tuple(_check(model, folders.get(model.engine, ())) for model in registered_models())


def _check(model: Model, folders: Sequence[Path]) -> ModelCheck:
    found = next((folder / model.file for folder in folders if (folder / model.file).is_file()), None)
    if found is None:
        return ModelCheck(model, "absent", None)
    sha256 = digest(found)
    return ModelCheck(model, "registered" if sha256 in model.sha256 else "unregistered", sha256)
