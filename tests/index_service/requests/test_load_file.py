"""A file of entries is read whole, and every defect is named with its line."""

import json

import pytest

from index_service.requests.load_file import read_load_file
from index_service.requests.load_places import places_for

GOOD = {"office": "1", "volume": "冊-1", "page": "12", "name": " 陳■德 ", "birth_date": "明治三十八年"}


def lines_of(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_texts_stay_as_written_and_empty_ones_are_left_out() -> None:
    lines, defects = read_load_file(
        b"\xef\xbb\xbf" + lines_of({**GOOD, "father": "", "page": 12}) + b"\r\n\n"
    )
    assert defects == []
    assert [(one.number, one.page, one.texts) for one in lines] == [
        (1, "12", {"name": " 陳■德 ", "birth_date": "明治三十八年"})
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "JSON"),
        (b"\xff{}", "UTF-8"),
        (b"[1]", "object"),
        (b"[" * 100_000, "JSON"),
        (b'{"name": "a", "name": "b"}', "twice"),
        (lines_of({**GOOD, "nickname": "x"}), "nickname"),
        (lines_of({**GOOD, "name": "  "}), "name is missing"),
        (lines_of({**GOOD, "name": 5}), "must be a text"),
        (lines_of({**GOOD, "father": "\u0000"}), "must be a text"),
        (b'{"office": "1", "volume": "1", "page": "1", "name": "\\ud800"}', "must be a text"),
        (lines_of({**GOOD, "page": ""}), "page is missing"),
        (lines_of({**GOOD, "page": "9" * 33}), "at most 32"),
        (lines_of({key: GOOD[key] for key in ("office", "page", "name")}), "volume is missing"),
        (lines_of({**GOOD, "series": "tax"}), "no such series"),
        (lines_of({**GOOD, "ordinal": -1}), "ordinal"),
        (lines_of({**GOOD, "ordinal": True}), "ordinal"),
    ],
)
def test_each_defect_is_said_with_its_line_and_without_values(raw: bytes, said: str) -> None:
    _, defects = read_load_file(lines_of(GOOD) + raw)
    assert [one.line for one in defects] == [2]
    assert said in defects[0].en
    assert "陳" not in defects[0].en + defects[0].zh


def test_every_defect_of_a_line_is_said_at_once() -> None:
    _, defects = read_load_file(lines_of({"office": "1", "nickname": "x"}))
    assert len(defects) == 4


def test_an_empty_file_is_a_defect() -> None:
    assert [one.line for one in read_load_file(b"\n\n")[1]] == [1]


def test_pages_get_free_places_in_register_order() -> None:
    places = places_for(["封底", "2", "12背", "12", "12正", "12-1", "?", "99999999999"], {2000})
    assert places["2"] == 2001
    ordered = sorted(places, key=lambda name: places[name])
    assert ordered[0] == "2"
    assert ordered[1] == "12"
    assert set(ordered[2:5]) == {"12正", "12背", "12-1"}
    assert set(ordered[5:]) == {"封底", "?", "99999999999"}
    assert len(set(places.values())) == len(places)
    assert max(places.values()) < 2**31
