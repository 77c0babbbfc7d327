"""Looking up: a case first, every look on record, nothing shown that is not granted."""

import re

import cv2
import numpy as np
from fastapi.testclient import TestClient
from sqlalchemy import select

from index_service.agencies.tables import Agreement
from index_service.lookups.tables import Disclosure, Lookup
from tests.viewer.walk import publish_everything
from tests.viewer.world import PURPOSE, World


def open_case(client: TestClient, world: World, purpose: str = PURPOSE) -> str:
    """Open a case on the agency's agreement; returns its path."""
    with world.house.database.reading() as session:
        agreement = session.scalars(select(Agreement.id)).one()
    form = {"purpose": f"{agreement}|{purpose}", "case_number": "115-稅-1"}
    answer = client.post("/cases", data=form)
    assert answer.status_code == 200, answer.text
    return answer.url.path


def looks(world: World) -> list[Lookup]:
    """Every look on record."""
    with world.house.database.reading() as session:
        return list(session.scalars(select(Lookup).order_by(Lookup.id)))


def test_a_case_needs_its_number_and_an_agreed_purpose(loaded: World) -> None:
    agent = loaded.browser("agent")
    assert PURPOSE in agent.get("/cases").text
    refused = agent.post("/cases", data={"purpose": "好奇", "case_number": " "})
    assert refused.status_code == 422
    assert "此目的不在協議範圍內" in refused.text
    assert "State the case number" in refused.text


def test_a_variant_is_found_and_says_so_with_a_receipt(loaded: World) -> None:
    publish_everything(loaded)
    agent = loaded.browser("agent")
    case = open_case(agent, loaded)
    found = agent.post(f"{case}/look-up", data={"name": "黄榮華"}).text
    assert "黃榮華" in found
    assert "異體字相符" in found
    (look,) = looks(loaded)
    assert look.receipt in found
    assert look.outcome == "answered"
    assert "完全相符" in agent.post(f"{case}/look-up", data={"name": "陳阿土"}).text


def test_nothing_unpublished_is_found_and_the_look_is_on_record(loaded: World) -> None:
    agent = loaded.browser("agent")
    case = open_case(agent, loaded)
    found = agent.post(f"{case}/look-up", data={"name": "陳阿土"}).text
    assert "查無符合的資料" in found
    assert [look.outcome for look in looks(loaded)] == ["answered"]


def test_a_question_that_names_nobody_is_refused(loaded: World) -> None:
    agent = loaded.browser("agent")
    case = open_case(agent, loaded)
    refused = agent.post(f"{case}/look-up", data={"name": "**"})
    assert refused.status_code == 422
    assert "不能只有萬用字元" in refused.text
    odd = agent.post(f"{case}/look-up", data={"name": "陳阿土", "as_of": "一"})
    assert odd.status_code == 422
    assert "版次請填數字" in odd.text
    assert looks(loaded) == []


def test_each_view_of_the_page_is_a_look_and_only_granted_boxes_are_uncovered(loaded: World) -> None:
    publish_everything(loaded)
    agent = loaded.browser("agent")
    case = open_case(agent, loaded)
    found = agent.post(f"{case}/look-up", data={"name": "林氏好"}).text
    view = agent.get(re.findall(rf'href="({case}/entries/[^"]+)"', found)[0]).text
    picture = re.findall(r'src="([^"]+page\.jpg[^"]*)"', view)[0]
    before = len(looks(loaded))
    shown = [agent.get(picture) for _ in range(2)]
    assert len(looks(loaded)) == before + 2
    assert {answer.headers["huji-receipt"] for answer in shown} == {
        one.receipt for one in looks(loaded)[before:]
    }
    pixels = cv2.imdecode(np.frombuffer(shown[0].content, np.uint8), cv2.IMREAD_GRAYSCALE)
    own, neighbour, paper = pixels[30:80, 130:170], pixels[30:80, 30:70], pixels[500:700, 500:900]
    assert own.mean() < 80
    assert abs(float(neighbour.mean()) - float(paper.mean())) < 3
    with loaded.house.database.reading() as session:
        images = session.scalars(select(Disclosure).where(Disclosure.image_id.is_not(None))).all()
    assert len(images) == 2


def test_another_organisation_cannot_use_the_case(loaded: World) -> None:
    case = open_case(loaded.browser("agent"), loaded)
    assert loaded.browser("clerk").get(case).status_code == 404
    assert loaded.browser("clerk").post(f"{case}/look-up", data={"name": "陳阿土"}).status_code == 404


def test_a_closed_case_answers_nothing_and_the_refusal_is_on_record(loaded: World) -> None:
    publish_everything(loaded)
    agent = loaded.browser("agent")
    case = open_case(agent, loaded)
    agent.post(f"{case}/close")
    refused = agent.post(f"{case}/look-up", data={"name": "陳阿土"})
    assert refused.status_code == 403
    assert "此案件已結案" in refused.text
    assert [look.outcome for look in looks(loaded)] == ["refused"]


def test_an_office_states_its_legal_basis_and_may_ask_for_a_correction(loaded: World) -> None:
    publish_everything(loaded)
    clerk = loaded.browser("clerk")
    refused = clerk.post("/cases", data={"purpose": "核對", "case_number": "1"})
    assert "請填寫法令依據" in refused.text
    form = {"purpose": "核對", "case_number": "1", "legal_basis": "戶籍法"}
    case = clerk.post("/cases", data=form).url.path
    found = clerk.post(f"{case}/look-up", data={"name": "陳阿土"}).text
    link = re.findall(r'href="(/requests/new[^"]+)"', found)[0].replace("&amp;", "&")
    assert 'value="陳阿土"' in clerk.get(link).text


def test_agencies_see_no_staged_image(loaded: World) -> None:
    publish_everything(loaded)
    with loaded.house.database.reading() as session:
        image = session.scalars(select(Disclosure.image_id)).first()
    assert image is None
    assert loaded.browser("agent").get("/requests").status_code == 403
