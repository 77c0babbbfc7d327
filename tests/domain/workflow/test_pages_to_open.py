"""Which pages a confirmer has to open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workflow import Kind, pages_to_open

PAGES = [f"p{number}" for number in range(1, 101)]


def test_maintenance_requires_every_changed_page_and_no_other() -> None:
    opened = pages_to_open(Kind.IMAGE_REBUILD, PAGES, changed={"p7", "p3"}, doubtful={"p9"}, seed="d1")
    assert opened == ("p3", "p7")


def test_a_first_load_requires_doubtful_pages_and_a_sample_that_can_be_drawn_again() -> None:
    drawn = pages_to_open(Kind.FIRST_LOAD, PAGES, changed=PAGES, doubtful={"p9"}, seed="d1")
    assert "p9" in drawn
    assert len(drawn) == 1 + 5
    assert drawn == pages_to_open(Kind.FIRST_LOAD, PAGES, changed=PAGES, doubtful={"p9"}, seed="d1")
    assert drawn != pages_to_open(Kind.FIRST_LOAD, PAGES, changed=PAGES, doubtful={"p9"}, seed="d2")


def test_a_failed_sample_requires_the_whole_volume() -> None:
    drawn = pages_to_open(Kind.FIRST_LOAD, PAGES, changed=PAGES, seed="d1", sample_failed=True)
    assert drawn == tuple(PAGES)


@given(st.integers(0, 40), st.floats(0, 1), st.sets(st.sampled_from(PAGES)))
def test_a_sample_is_never_empty_where_there_are_pages(size: int, rate: float, doubtful: set[str]) -> None:
    pages = PAGES[:size]
    drawn = pages_to_open(Kind.FIRST_LOAD, pages, changed=(), doubtful=doubtful, sample_rate=rate, seed="s")
    assert bool(drawn) is bool(pages)
    assert doubtful & set(pages) <= set(drawn) <= set(pages)


def test_a_rate_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        pages_to_open(Kind.FIRST_LOAD, PAGES, changed=(), sample_rate=5, seed="s")
