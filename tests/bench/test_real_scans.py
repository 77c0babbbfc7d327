"""Character recall counts each character as often as it stands in the truth."""

from bench.real_scans import recall


def test_recall_counts_characters_wherever_they_stand() -> None:
    """Blanks and order do not matter; a character read too seldom is missing."""
    share, missing = recall("戶主 王王明", "明王\n戶")
    assert share == 3 / 5
    assert missing == {"主": 1, "王": 1}
