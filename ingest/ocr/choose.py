"""Choose the engines that a site allows and that can run here."""

import logging
from collections.abc import Collection

from ingest.ocr.port import Recogniser
from ingest.ocr.rapid import RapidRecogniser
from ingest.ocr.tesseract import TesseractRecogniser

_log = logging.getLogger(__name__)


class NoEngine(RuntimeError):
    """No engine is both allowed and usable; the message says what would help."""


def choose_engines(forbidden: Collection[str] = (), threads: int = 1) -> tuple[Recogniser, ...]:
    """Return the usable engines that are not forbidden, the better first.

    PP-OCRv6 leads: it reads handwriting and vertical print, where Tesseract reads few names. A public body
    must account for a component's origin, so a site may forbid an engine by its name.

    Raises:
        NoEngine: none is left, or a forbidden name is no engine's.
    """
    engines: tuple[Recogniser, ...] = (RapidRecogniser(threads=threads), TesseractRecogniser(threads=threads))
    names = [engine.name for engine in engines]
    unknown = sorted(set(forbidden) - set(names))
    if unknown:
        raise NoEngine(f"無此辨識引擎 No such engine: {', '.join(unknown)}; there are {', '.join(names)}.")
    allowed = [engine for engine in engines if engine.name not in forbidden]
    usable = tuple(engine for engine in allowed if engine.usable().ok)
    if not usable:
        raise NoEngine(f"無可用的辨識引擎 No engine can be used. {_advice(allowed)}")
    if usable[0] is not allowed[0]:
        _log.warning("缺少較佳的辨識引擎 The better engine cannot be used. %s", _advice(allowed[:1]))
    return usable


def _advice(allowed: list[Recogniser]) -> str:
    if not allowed:
        return "設定已全部禁用 The settings forbid all of them; allow at least one."
    return "; ".join(f"{engine.name}: install {engine.usable().what_to_install}" for engine in allowed)
