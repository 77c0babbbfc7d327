"""What is found by name, place, date, volume and page, and in which order, on both engines."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.series import load_series
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.tables import CaseFolder
from index_service.requests.operations.open_first_load import open_first_load
from index_service.search import queries
from index_service.search.tables import SearchText
from tests.index_service.lookups.agreed import agree, ask, names, open_agency_case
from tests.index_service.scene import (
    NOW,
    SERIES,
    add_batch,
    add_image,
    add_page,
    find_scene,
    proposal,
    set_scene,
    value,
)
from tests.index_service.walk import assign_and_start, deliver_and_confirm, publish, published
from tests.services.kept import Holding

PEOPLE = (
    ("陳明德", "明治三十八年五月十二日", "臺北廳大加蚋堡艋舺"),
    ("陳氏阿妹", "明治四十年", "臺中廳大里杙庄"),
    ("黃明徳", "大正二年一月", "新竹廳竹北一堡"),
    ("黄阿水", "昭和十年三月三日", "臺南州新化郡"),
    ("陳■德", "明治三十八年", "臺北廳"),
    ("余阿明", "大正二年二月", "臺北州"),
    ("余", "昭和二年", "臺北州"),
)


def people_published(session: Session) -> None:
    """PEOPLE on two pages, and an agency with an agreement and an open case."""
    scene = set_scene(session)
    pages = []
    for number, people in enumerate((PEOPLE[:4], PEOPLE[4:]), start=1):
        image = add_image(session, add_page(session, scene, number), "first")
        proposals = []
        for ordinal, (name, born, place) in enumerate(people):
            one = proposal(ordinal, name)
            one["fields"] |= {"birth_date": value(born), "address": value(place)}
            proposals.append(one)
        pages.append((image, proposals))
    request = open_first_load(session, batch_id=add_batch(session, scene, pages).id, at=NOW)
    assign_and_start(session, scene, request)
    deliver_and_confirm(session, scene, request)
    publish(session, scene, request)
    agree(session, scene, fields=["name", "father", "birth_date", "address"])
    open_agency_case(session, scene)


@pytest.fixture
def asked(holding: Holding):  # type: ignore[no-untyped-def] # gives a function of one question
    """How to ask for PEOPLE."""
    database = holding(people_published)
    with database.reading() as session:
        agent = find_scene(session).agent
        case = session.scalars(select(CaseFolder.id)).one()
    return lambda **question: ask(database, agent, case, **question)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("陳明德", ["陳明德", "陳■德"]),
        ("陳?德", ["陳明德", "陳■德"]),
        ("陳*", ["陳明德", "陳氏阿妹", "陳■德"]),
        ("*明*", ["陳明德", "黃明徳", "余阿明", "陳■德"]),
        ("黃*", ["黃明徳", "黄阿水"]),
        ("黄明德", ["黃明徳"]),
        ("陳□德", ["陳明德", "陳■德"]),
        ("余", ["余"]),
        ("餘", []),
        ("余*", ["余阿明", "余"]),
        ("??德", ["陳明德", "黃明徳", "陳■德"]),
        ("林*", []),
        ("陳明", []),
    ],
)
def test_names_by_wildcard_variant_and_unreadable_character(asked, pattern: str, found: list[str]) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert sorted(names(asked(name=pattern, name_fields=("name",)))) == sorted(found)


def test_nearer_rules_come_first_and_are_told(asked) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    answer = asked(name="陳明德", name_fields=("name",))
    assert [(hit.fields["name"]["text"], hit.rule) for hit in answer.hits] == [
        ("陳明德", "exact"),
        ("陳■德", "unreadable"),
    ]
    assert [hit.rule for hit in asked(name="黄明德").hits] == ["variant"]
    assert [hit.rule for hit in asked(name="陳氏*", name_fields=("name",)).hits] == ["wildcard", "unreadable"]


@pytest.mark.parametrize(
    ("date", "count"),
    [
        ("明治三十八年五月十二日", 2),
        ("1905", 2),
        ("民前7年", 2),
        ("大正2年1月", 1),
        ("昭和10年3月3日", 1),
        ("明治45年", 0),
    ],
)
def test_dates_in_any_calendar(asked, date: str, count: int) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert len(asked(date=date).hits) == count


@pytest.mark.parametrize(
    ("place", "count"), [("臺北廳", 2), ("台北", 4), ("艋舺", 1), ("高雄", 0), ("臺*州", 3)]
)
def test_places_anywhere_in_an_address(asked, place: str, count: int) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert len(asked(place=place).hits) == count


def test_volume_and_page(asked) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert len(asked(volume="板橋-0001").hits) == len(PEOPLE)
    assert len(asked(volume="板橋-0001", page="0002").hits) == 3
    assert asked(volume="板橋-0002").hits == ()


def test_conditions_narrow_each_other(asked) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert names(asked(name="陳*", date="1905", place="艋舺")) == ["陳明德"]
    assert names(asked(name="余*", date="1905")) == []


def test_an_exact_name_is_found_however_many_candidates_there_are(
    asked,  # type: ignore[no-untyped-def] # the fixture's function
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "MOST_CANDIDATES", 1)
    answer = asked(name="余")
    assert [hit.rule for hit in answer.hits] == ["exact"]
    answer = asked(name="黄明徳")
    assert (names(answer), answer.more) == (["黃明徳"], False)


@pytest.mark.parametrize(
    ("date", "count"), [("明治30年~明治40年", 3), ("大正2年~", 4), ("~明治38年", 2), ("大正3年~大正9年", 0)]
)
def test_ranges_of_dates_open_on_a_side_beside_a_volume(asked, date: str, count: int) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    assert len(asked(date=date, volume="板橋-0001").hits) == count


def test_a_range_open_on_a_side_names_nobody_by_itself(asked) -> None:  # type: ignore[no-untyped-def] # the fixture's function
    with pytest.raises(Invalid):
        asked(date="大正2年~")


def test_a_masked_field_of_another_office_cannot_be_asked(holding: Holding) -> None:
    masked = next(field.key for field in load_series(SERIES).fields if field.masked)
    database = holding(published, "林秘密")
    with database.writing() as session:
        scene = find_scene(session)
        # No shipped series masks a name yet; a site's own may.
        session.execute(update(SearchText).where(SearchText.field_key == "name").values(field_key=masked))
        basis = {"purpose": "核發謄本", "case_number": "1", "legal_basis": "戶籍法第六十五條"}
        own = open_case(session, actor=scene.clerk, at=NOW, **basis).id
        other = open_case(session, actor=scene.other_clerk, at=NOW, **basis).id
    for name in ("林秘密", "林*"):
        assert len(ask(database, scene.clerk, own, name=name).hits) == 1
        assert ask(database, scene.other_clerk, other, name=name).hits == ()
