"""Dated places, their names and what became of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.places import (
    Place,
    all_places,
    all_successions,
    find,
    fold_place,
    parse_place,
    place_of,
    predecessors,
    successors,
)

TODAY = date(2026, 11, 1)


def titles(places: tuple[Place, ...]) -> set[str]:
    return {place.title for place in places}


@pytest.mark.parametrize(
    ("at", "count"),
    [(date(1905, 1, 1), 20), (date(1915, 1, 1), 12), (date(1922, 1, 1), 2), (date(1930, 1, 1), 3)],
)
def test_as_many_ting_as_there_were(at: date, count: int) -> None:
    assert sum(place.unit == "廳" and place.exists_at(at) for place in all_places()) == count


def test_five_prefectures_and_today_twenty_two_counties() -> None:
    assert sum(place.unit == "州" for place in all_places()) == 5
    today = [place for place in all_places() if place.code and place.exists_at(TODAY)]
    assert len(today) == len({place.code for place in today}) == 22
    assert {place.title: place.code for place in today}["臺北市"] == "63000"


def test_the_table_holds_together() -> None:
    ids = {place.id for place in all_places()}
    assert len(ids) == len(all_places())
    for place in all_places():
        assert place.until is None or place.since < place.until, place
        for within in place.within:
            assert place.shares_days_with(place_of(within)), place
    for edge in all_successions():
        former, latter = place_of(edge.former), place_of(edge.latter)
        assert former.since < latter.since or edge.kind == "merged", edge
        assert former.until is None or latter.since <= former.until, edge
        assert latter.until is None or former.until is None or former.until <= latter.until, edge


@pytest.mark.parametrize(
    ("name", "at", "later", "title"),
    [
        ("葫蘆墩", date(1915, 1, 1), TODAY, "豐原區"),
        ("葫蘆墩", date(1915, 1, 1), date(1980, 1, 1), "豐原市"),
        ("打狗", date(1915, 1, 1), date(1930, 1, 1), "高雄市"),
        ("錫口", date(1915, 1, 1), date(1930, 1, 1), "松山街庄"),
        ("錫口", date(1915, 1, 1), TODAY, "臺北市"),
        ("阿緱街", date(1915, 1, 1), date(1940, 1, 1), "屏東市"),
        ("打貓", date(1915, 1, 1), TODAY, "民雄鄉"),
        ("叭哩沙", date(1915, 1, 1), date(1920, 9, 1), "三星街庄"),
        ("鹹菜硼", date(1915, 1, 1), TODAY, "關西鎮"),
    ],
)
def test_what_became_of_a_place(name: str, at: date, later: date, title: str) -> None:
    (place,) = find(name, at)
    assert title in titles(successors(place, later))


def test_a_split_leaves_several_successors() -> None:
    (miaoli,) = find("苗栗廳", date(1905, 1, 1))
    assert titles(successors(miaoli, date(1910, 1, 1))) == {"新竹廳", "臺中廳"}
    (kaohsiung,) = find("高雄州", date(1921, 1, 1))
    assert titles(successors(kaohsiung, date(1930, 1, 1))) == {"高雄州", "澎湖廳"}


def test_a_village_of_before_1920_became_a_part_of_a_larger_one() -> None:
    (village,) = find("葫蘆墩街", date(1919, 1, 1))
    assert titles(successors(village, date(1921, 1, 1))) == {"豐原街庄", "豐原大字"}
    kinds = {(edge.latter, edge.kind) for edge in all_successions() if edge.former == village.id}
    assert kinds == {("1920.fengyuan", "within"), ("1920.fengyuan.fengyuan", "renamed")}


def test_successors_before_a_place_began_are_none() -> None:
    assert successors(place_of("2010.new-taipei"), date(1990, 1, 1)) == ()


def test_a_village_lay_in_the_ting_of_its_day() -> None:
    assert place_of("1909.taoyuan.guanxi").within == ("1909.taoyuan",)
    assert titles(successors(place_of("1909.taoyuan"), date(1921, 1, 1))) == {"新竹州", "臺北州"}


def test_predecessors() -> None:
    (xinbei,) = find("新北市")
    assert titles(predecessors(xinbei, date(1930, 1, 1))) == {"臺北州"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("蔴荳", "麻荳"),
        ("台北", "臺北"),
        ("田仔", "田子"),
        ("陂頭", "坡頭"),
        ("崗山", "岡山"),
        ("坵", "丘"),
        ("藔", "寮"),
    ],
)
def test_names_fold_across_1920(one: str, other: str) -> None:
    assert fold_place(one) == fold_place(other)


@given(st.text(max_size=10))
def test_folding_a_place_twice_is_folding_it_once(text: str) -> None:
    assert fold_place(fold_place(text)) == fold_place(text)


@pytest.mark.parametrize(
    ("text", "parts", "ids", "rest"),
    [
        ("臺北州七星郡汐止街百番地", ("臺北州", "七星郡", "汐止街"), {"1920.xizhi"}, "百番地"),
        (
            "台中州豊原郡豊原街豊原百五番地",
            ("台中州", "豊原郡", "豊原街", "豊原"),
            {"1920.fengyuan.fengyuan"},
            "百五番地",
        ),
        ("臺中廳揀東上堡葫蘆墩街三番戶", ("臺中廳", "葫蘆墩街"), {"1909.taichung.fengyuan"}, "三番戶"),
        ("臺南廳蔴豆堡蔴荳街", ("臺南廳", "蔴荳街"), {"1909.tainan.madou"}, ""),
        ("臺中市豐原區中正路1號", ("臺中市", "豐原區"), {"2010.fengyuan"}, "中正路1號"),
        ("大阪市北區", (), set(), "大阪市北區"),
        ("", (), set(), ""),
    ],
)
def test_parse_place(text: str, parts: tuple[str, ...], ids: set[str], rest: str) -> None:
    written = parse_place(text)
    assert (written.written, written.parts, written.rest) == (text, parts, rest)
    assert {place.id for place in written.places} == ids


def test_a_bare_name_may_be_several_places() -> None:
    assert len(parse_place("臺北").places) > 3
    assert titles(find("臺北", date(1930, 1, 1))) == {"臺北州", "臺北市"}


@given(st.text(alphabet="臺北州廳市豐原街郡大字葫蘆墩堡百番地 ", max_size=14))
def test_any_text_is_read_and_nothing_is_lost(text: str) -> None:
    written = parse_place(text)
    bare = "".join(text.split())
    assert bare.endswith(written.rest)
    assert all(part in bare for part in written.parts)
