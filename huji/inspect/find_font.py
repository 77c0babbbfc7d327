"""Find a type face that can show what was read."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

PROBE = "戶續柄氏螟蛉"
ADVICE = "apt-get install fonts-noto-cjk"
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("C:/Windows/Fonts"))
KNOWN = ("NotoSansCJK*.ttc", "NotoSerifCJK*.ttc", "NotoSansTC*", "TW-Sung*.ttf", "TW-Kai*.ttf", "uming.ttc",
         "ukai.ttc", "LXGWWenKai*.ttf", "wqy-*.ttc", "msjh.ttc", "mingliu.ttc")  # fmt: skip
"""Files of faces for traditional Chinese: Debian's fonts-noto-cjk, fonts-cns11643-*, fonts-arphic-*,
fonts-lxgw-wenkai, fonts-wqy-*, and those of Windows."""


class NoFont(RuntimeError):
    """No installed face has traditional Chinese; the message says what to install."""


@cache
def find_font() -> tuple[Path, int]:
    """Return the file of a face with traditional Chinese and the face's number in it.

    Raises:
        NoFont: there is none.
    """
    for path, index in (*_by_fontconfig(), *_by_name()):
        if _shows(path, index):
            return path, index
    raise NoFont(f"找不到中文字型，無法寫出文字。No CJK font to show the text with; install one: {ADVICE}")


@cache
def font_of_size(size: int) -> ImageFont.FreeTypeFont:
    """Return the face at a size in pixels."""
    path, index = find_font()
    return ImageFont.truetype(str(path), size, index=index)


def _by_fontconfig() -> list[tuple[Path, int]]:
    program = shutil.which("fc-match")
    if program is None:
        return []
    command = [program, "--format", "%{file}\t%{index}", "sans:lang=zh-tw"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout  # nosec B603
    file, _, index = told.partition("\t")
    return [(Path(file), int(index) & 0xFFFF)] if index.isdigit() else []


def _by_name() -> list[tuple[Path, int]]:
    return [(path, 0) for name in KNOWN for folder in FOLDERS for path in sorted(folder.rglob(name))]


def _shows(path: Path, index: int) -> bool:
    """Tell whether a face draws each probed character, and not all of them as the same empty box."""
    try:
        font = ImageFont.truetype(str(path), 24, index=index)
    except OSError:
        return False
    drawn = {bytes(font.getmask(character)) for character in PROBE}
    return len(drawn) == len(PROBE)
