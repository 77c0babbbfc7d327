"""Finds the type faces that are installed here."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from bench.pages.read_data import read_toml

ROOTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class NoFacesError(RuntimeError):
    """The type faces needed are not installed."""


@dataclass(frozen=True)
class Face:
    """An installed type face: `use` is "hand" for written values or "print" for the form itself.

    It must not be asked for the characters it `misdraws`. Faces of one `family` are one design in several
    weights.
    """

    id: str
    family: str
    name: str
    path: Path
    index: int
    use: str
    misdraws: str = ""


@cache
def find_faces() -> tuple[Face, ...]:
    """Return the faces of `data/faces.toml`, in the order of that file.

    Pages are set in one or another of them by chance, so with one missing the same seed draws other pages.
    Raises: NoFacesError, naming the Debian packages, if any is missing.
    """
    files, rows = _installed_files(), read_toml("faces")["face"]
    missing = [row["name"] for row in rows if row["file"] not in files]
    if missing:
        raise NoFacesError(
            f"Pages are drawn in {len(rows)} type faces; missing are: {', '.join(missing)}. "
            f"Install them with: {install_command()}"
        )
    return tuple(_face(row, files[row["file"]]) for row in rows)


def _face(row: Mapping[str, Any], path: Path) -> Face:
    misdraws = row.get("misdraws", "")
    return Face(row["id"], row["family"], row["name"], path, row["index"], row["use"], misdraws)


def install_command() -> str:
    """Return the command that installs every face on Debian."""
    packages = sorted({row["package"] for row in read_toml("faces")["face"]})
    return "apt-get install " + " ".join(packages)


def choose_face(use: str, wanted: str | None = None) -> Face:
    """Return the face with the id wanted, or the first one for this use, or else the first of all.

    Raises: NoFacesError if there is none of the name wanted, or any is not installed.
    """
    faces = find_faces()
    if wanted is not None:
        named = [face for face in faces if face.id == wanted]
        if not named:
            known = ", ".join(face.id for face in faces)
            raise NoFacesError(f"There is no type face {wanted}; there are {known}.")
        return named[0]
    return next((face for face in faces if face.use == use), faces[0])


@cache
def load_face(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return the face at a size in pixels; its kerning plays no part in single characters."""
    return ImageFont.truetype(str(face.path), size, index=face.index, layout_engine=ImageFont.Layout.BASIC)


def _installed_files() -> dict[str, Path]:
    paths = [path for root in ROOTS for path in _walk(Path(root).expanduser())]
    return {path.name: path for path in [*_listed_by_fontconfig(), *paths]}


def _walk(root: Path) -> list[Path]:
    return sorted(path for kind in ("*.ttf", "*.ttc", "*.otf") for path in root.rglob(kind))


def _listed_by_fontconfig() -> list[Path]:
    program = shutil.which("fc-list")
    if program is None:
        return []
    listing = subprocess.run([program, "--format", "%{file}\n"], capture_output=True, text=True, check=False)
    return sorted({Path(line) for line in listing.stdout.splitlines() if line})
