"""Page images for those who maintain them, and the boxes over them."""

import hashlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from imaging.transform import for_deskew
from storage.catalogue.tables import PageImage
from storage.intake.tables import RecognitionResult
from storage.objects.keys import content_key
from tests.viewer.world import World
from viewer.images.overlay import rectangle


def decoded(jpeg: bytes) -> np.ndarray:
    """The grey pixels of a JPEG."""
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE))


def first_image(world: World) -> PageImage:
    """The image of the first page."""
    with world.house.database.reading() as session:
        return session.scalars(select(PageImage).order_by(PageImage.id)).all()[0]


def test_the_page_its_cutting_and_its_thumbnail(loaded: World) -> None:
    image, operator = first_image(loaded), loaded.browser("operator")
    page = operator.get(f"/images/{image.id}/page.jpg")
    assert page.headers["cache-control"] == "no-store"
    assert decoded(page.content).shape == (800, 1000)
    cut = decoded(operator.get(f"/images/{image.id}/region.jpg?box=20,25,80,85").content)
    assert cut.shape == (60, 60)
    assert cut[20:40, 20:40].mean() < 60
    assert max(decoded(operator.get(f"/images/{image.id}/thumbnail.jpg").content).shape) == 256


def test_the_text_of_an_image_is_served_as_it_was_last_read(loaded: World) -> None:
    image, operator = first_image(loaded), loaded.browser("operator")
    key = content_key(hashlib.sha256(b"<alto/>").hexdigest())
    loaded.house.store.put(key, b"<alto/>")
    with loaded.house.database.writing() as session:
        session.scalars(select(RecognitionResult).filter_by(page_image_id=image.id)).one().alto_key = key
    answer = operator.get(f"/images/{image.id}/alto.xml")
    assert (answer.content, answer.headers["content-type"]) == (b"<alto/>", "application/alto+xml")
    assert loaded.browser("other_clerk").get(f"/images/{image.id}/alto.xml").status_code == 404
    assert loaded.browser("agent").get(f"/images/{image.id}/alto.xml").status_code == 403


def test_a_cutting_across_tiles_equals_the_page_there(loaded: World) -> None:
    image, operator = first_image(loaded), loaded.browser("operator")
    page = decoded(operator.get(f"/images/{image.id}/page.jpg").content).astype(int)
    cut = decoded(operator.get(f"/images/{image.id}/region.jpg?box=100,200,620,790").content).astype(int)
    assert np.abs(cut - page[200:790, 100:620]).mean() < 2


@pytest.mark.parametrize("box", ["", "1,2,3", "9,9,1,1", "a,b,c,d", "-1,0,5,5"])
def test_an_odd_box_is_refused(loaded: World, box: str) -> None:
    answer = loaded.browser("operator").get(
        f"/images/{first_image(loaded).id}/region.jpg", params={"box": box}
    )
    assert answer.status_code == 422


def test_who_may_not_see_an_image(loaded: World) -> None:
    path = f"/images/{first_image(loaded).id}/page.jpg"
    assert loaded.browser("clerk").get(path).status_code == 200
    assert loaded.browser("other_clerk").get(path).status_code == 404
    assert loaded.browser("agent").get(path).status_code == 403
    assert loaded.browser("crew").get(path).status_code == 403
    assert loaded.browser(None).get(path).url.path == "/sign-in"


@given(
    skew=st.floats(-6, 6),
    x=st.integers(900, 1600),
    y=st.integers(700, 1100),
    wide=st.integers(60, 400),
    high=st.integers(60, 400),
)
def test_a_box_found_upright_is_drawn_where_it_was_found(
    skew: float, x: int, y: int, wide: int, high: int
) -> None:
    transform = for_deskew((3508, 2480), skew)
    drawn = rectangle("name", transform.box_to_master((x, y, x + wide, y + high)), transform)
    found = (x, y, wide, high)
    assert np.allclose((drawn.x, drawn.y, drawn.width, drawn.height), found, atol=4)
