"""Small pages, drawn once for the whole suite."""

import pytest

from bench.pages import DrawnPage, draw_volume


@pytest.fixture(scope="session")
def small_volume() -> list[DrawnPage]:
    """Six small pages of ordinary severity."""
    return list(draw_volume(6, 7, 1, width=1200, height=850))
