"""Character recall counts each character as often as it stands in the truth."""

from pathlib import Path

import pytest

from bench.real_scans import main, recall


def test_recall_counts_characters_wherever_they_stand() -> None:
    """Blanks and order do not matter; a character read too seldom is missing."""
    share, missing = recall("戶主 王王明", "明王\n戶")
    assert share == 3 / 5
    assert missing == {"主": 1, "王": 1}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 1, and nothing is written."""
    assert main([str(tmp_path / "none"), "--dry"]) == 1
    assert "no image" in capsys.readouterr().err
