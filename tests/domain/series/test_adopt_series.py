"""A site's own series stand beside the shipped ones, and never in their place."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.series import InvalidSeries, adopt_series, all_series, load_series, series_keys

SHIPPED = load_series("plain_pages")
OWN = replace(SHIPPED, key="land_register", title="土地登記簿")


@pytest.fixture(autouse=True)
def _shipped_alone_afterwards() -> Iterator[None]:
    yield
    adopt_series(())


def test_an_adopted_series_is_known_like_the_shipped() -> None:
    adopt_series([OWN])
    assert load_series("land_register") is OWN
    assert "land_register" in series_keys()
    assert OWN in all_series()


def test_what_is_adopted_next_stands_in_place_of_it() -> None:
    adopt_series([OWN])
    adopt_series([replace(OWN, key="seals")])
    with pytest.raises(KeyError, match="seals"):
        load_series("land_register")


@pytest.mark.parametrize(
    ("series", "by"),
    [([replace(OWN, key="colonial_register")], "shipped"), ([OWN, OWN], "another of the site's")],
)
def test_a_key_that_is_taken_is_refused_and_nothing_changes(series: list, by: str) -> None:  # type: ignore[type-arg] # pytest hands in a plain list
    adopt_series([replace(OWN, key="seals")])
    with pytest.raises(InvalidSeries, match=by):
        adopt_series(series)
    assert "seals" in series_keys()
