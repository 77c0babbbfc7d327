"""The bench of layers in bytes, as it is called."""

import pytest

from bench.quantise import __main__ as bench


def test_ranges_are_not_chosen_where_sums_of_bytes_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the file that is shipped would be overwritten by one that leaves sound layers out."""
    before = bench.RANGES_FILE.read_bytes()
    monkeypatch.setattr(bench, "multiplies_bytes", lambda: False)
    monkeypatch.setattr(bench, "drawn_batches", lambda *_: pytest.fail("pages were drawn"))
    with pytest.raises(SystemExit, match="This processor"):
        bench.main([])
    assert bench.RANGES_FILE.read_bytes() == before
