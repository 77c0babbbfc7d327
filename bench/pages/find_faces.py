"""Finds the type faces that are installed here."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    """Return the faces of `data/faces.toml` that are installed, in the order of that file.

    Raises: NoFacesError, naming the Debian packages, if none is.
    """
    files = _installed_files()
    found = tuple(
        Face(
            row["id"],
            row["family"],
            row["name"],
            files[row["file"]],
            row["index"],
            row["use"],
            row.get("misdraws", ""),
        )
        for row in read_toml("faces")["face"]
        if row["file"] in files
    )
    if not found:
        raise NoFacesError(f"No CJK type face was found. Install them with: {install_command()}")
    return found


def install_command() -> str:
    """Return the command that installs every face on Debian."""
    packages = sorted({row["package"] for row in read_toml("faces")["face"]})
    return "apt-get install " + " ".join(packages)


def choose_face(use: str, wanted: str | None = None) -> Face:
    """Return the face with the id wanted, or the first one for this use, or else the first of all.

    Raises: NoFacesError if the one wanted is not installed.
    """
    faces = find_faces()
    if wanted is not None:
        named = [face for face in faces if face.id == wanted]
        if not named:
            raise NoFacesError(f"The type face {wanted} was not found. Install it with: {install_command()}")
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
