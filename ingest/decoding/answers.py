"""What a decoding child may answer. It is looked at closely: a hostile file may speak through the child."""

from base64 import b64decode
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Pixels
from imaging.decoding import RefusedImage
from ingest.decoding.frames import Disconnected

EXHAUSTED = "exhausted"
"""The code of a refusal that may be the machine's fault rather than the file's."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file that can be taken says it is; size of frame 0 in pixels."""

    media_type: str
    frames: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class DecodedFrame:
    """One frame as H×W×3 RGB, with its ppi where the file states it, the profile its pixels are in, and how
    many frames the file has."""

    pixels: Pixels
    ppi: float | None
    icc: bytes | None
    media_type: str
    frames: int


def raise_refusal(head: dict[str, Any]) -> None:
    """Raise the RefusedImage that an answer may be; raises Disconnected where no sound child refuses so."""
    if "exhausted" in head:
        raise exhausted()
    if "refused" in head:
        try:
            code, zh, en = (_word(part) for part in head["refused"])
        except (TypeError, ValueError) as error:
            raise Disconnected("the answer gives no reason") from error
        raise RefusedImage(code, zh, en)


def exhausted() -> RefusedImage:
    """Return the refusal of a file that took the child down."""
    return RefusedImage(
        EXHAUSTED,
        "解碼此檔案超出記憶體或時間限制;請自原始掃描重新輸出。",
        "Decoding this file took more memory or time than a page may; export it again from the scan.",
    )


def inspected_from(head: dict[str, Any]) -> Inspected:
    """Return what a file is said to be; raises Disconnected where no sound child says so."""
    try:
        width, height = (_count(side) for side in head["size"])
        return Inspected(_word(head["media_type"]), _count(head["frames"]), width, height)
    except (KeyError, TypeError, ValueError) as error:
        raise Disconnected("the answer tells no file") from error


def frame_from(head: dict[str, Any], body: NDArray[np.uint8]) -> DecodedFrame:
    """Return the frame that an answer and its bytes are; raises Disconnected where they are none."""
    try:
        height, width, _bands = (_count(side) for side in head["shape"])
        icc = b64decode(_word(head["icc"]), validate=True) if head["icc"] else None
        return DecodedFrame(
            pixels=body.reshape(height, width, 3),
            ppi=_ppi(head["ppi"]),
            icc=icc,
            media_type=_word(head["media_type"]),
            frames=_count(head["frames"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Disconnected("the answer is no frame") from error


def _count(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("not a count")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a word")
    return value


def _ppi(value: object) -> float | None:
    if value is not None and not (isinstance(value, int | float) and 0 < value < inf):
        raise ValueError("not a resolution")
    return value
