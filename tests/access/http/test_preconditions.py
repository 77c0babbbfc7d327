"""An edit names the version it starts from."""

import pytest

from access.http.preconditions import check_if_match, etag, version_named
from access.http.problems import PreconditionNeeded, Stale


def test_the_version_that_stands_may_be_edited() -> None:
    check_if_match(etag(3), 3)
    check_if_match(" * ", 3)
    assert version_named(etag(3)) == 3


def test_no_version_named_is_asked_for() -> None:
    with pytest.raises(PreconditionNeeded) as needed:
        check_if_match(None, 3)
    assert needed.value.status == 428


@pytest.mark.parametrize("header", ['"2"', "3", 'W/"3"', '""'])
def test_another_version_is_stale_and_the_loser_keeps_the_text(header: str) -> None:
    with pytest.raises(Stale) as stale:
        check_if_match(header, 3, text="陳")
    assert (stale.value.status, stale.value.details) == (412, {"current": '"3"', "kept": {"text": "陳"}})


@pytest.mark.parametrize("header", [None, "", '"x"', 'W/"3"', '"-1"', '"٣"', '"' + "9" * 5000 + '"'])
def test_what_is_no_tag_of_ours_names_no_version(header: str | None) -> None:
    with pytest.raises(PreconditionNeeded):
        version_named(header)
