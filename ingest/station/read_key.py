"""The station's key from its file, as Windows programs save it too."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from ingest.station.errors import StationError

_KEY = re.compile(r"[\x21-\x7e]+\Z")


def read_key(path: Path) -> str:
    """Return the key in the file, whatever mark of its encoding stands before it.

    Raises:
        StationError: the file holds no key, or more than one word.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    coding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    # What cannot be decoded comes out as what is no key.
    key = data.decode(coding, "replace").strip()
    if not _KEY.match(key):
        raise StationError(
            f"金鑰檔 {path} 應只有一行金鑰,不含空白或中文;請將中心核發的金鑰原樣存成純文字檔。",
            f"The key file {path} should hold the key alone, on one line: save the key as the centre issued "
            "it, as plain text.",
        )
    return key
