"""A site's settings choose among the engines."""

import pytest

from ingest.ocr.choose import NoEngine, choose_engines


def test_the_better_engine_leads() -> None:
    """Both are usable here."""
    assert [engine.name for engine in choose_engines()] == ["rapidocr", "tesseract"]


def test_a_forbidden_engine_is_not_chosen() -> None:
    """What is left is used."""
    assert [engine.name for engine in choose_engines({"rapidocr"})] == ["tesseract"]


def test_forbidding_all_or_an_unknown_one_is_refused() -> None:
    """The message says what would help."""
    with pytest.raises(NoEngine, match="allow at least one"):
        choose_engines({"rapidocr", "tesseract"})
    with pytest.raises(NoEngine, match="rapidocr, tesseract"):
        choose_engines({"tesserakt"})
