"""Every figure in the README's table comes from a file that a command made."""

from pathlib import Path

import pytest

from bench.figures import BLOCK, with_figures
from tests.house.tree import ROOT


def test_the_readme_shows_what_the_results_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = Path("README.md").read_text("utf-8")
    assert BLOCK.search(readme), "the README's block of figures is gone"
    assert with_figures(readme) == readme, "run: python -m bench.figures"
