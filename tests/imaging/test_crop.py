"""The page is told from the ground it lies on; when in doubt nothing is cut."""

import cv2
import numpy as np
import pytest

from imaging.crop import estimate_crop
from tests.imaging.drawn_pages import ruled_form, worn


def on_ground(
    ground: int, tone: int = 225, angle: float = 0.0
) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    frame = np.full((2000, 1600), ground, np.uint8)
    page = ruled_form(0, size=(1200, 1600), tone=tone, thickness=2)
    frame[180:1780, 220:1420] = page
    box = (220, 180, 1420, 1780)
    if angle:
        turn = cv2.getRotationMatrix2D((820, 980), angle, 1.0)
        frame = np.asarray(cv2.warpAffine(frame, turn, (1600, 2000), borderValue=(ground,)), np.uint8)
        corners = cv2.transform(
            np.array([[[220.0, 180]], [[1420, 180]], [[1420, 1780]], [[220, 1780]]]), turn
        )[:, 0]
        box = (*corners.min(0).astype(int).tolist(), *corners.max(0).astype(int).tolist())
    return worn(frame, 1.0, 4, np.random.default_rng(2)), box


@pytest.mark.parametrize(("ground", "tone"), [(20, 225), (90, 215), (130, 220), (250, 170)])
@pytest.mark.parametrize("angle", [0.0, 4.0])
def test_the_page_is_found_on_dark_coloured_and_bright_grounds(ground: int, tone: int, angle: float) -> None:
    frame, box = on_ground(ground, tone, angle)
    found = estimate_crop(frame)
    assert found.method == "ground"
    assert 0.3 < found.confidence <= 1
    np.testing.assert_allclose(found.box, box, atol=8)
    assert all(isinstance(value, int) for value in found.box)


def test_a_page_that_reaches_one_side_of_the_frame_is_found() -> None:
    frame, _ = on_ground(30)
    found = estimate_crop(np.ascontiguousarray(frame[:, 220:]))
    assert found.method == "ground"
    np.testing.assert_allclose(found.box, (0, 180, 1200, 1780), atol=8)


@pytest.mark.parametrize(
    "page",
    [
        ruled_form(2.0, size=(1240, 1754), stains=10),
        np.full((500, 400), 230, np.uint8),
        np.random.default_rng(1).integers(0, 256, (500, 400), dtype=np.uint8),
        np.zeros((10, 10), np.uint8),
    ],
)
def test_a_frame_without_ground_is_kept_whole(page: np.ndarray) -> None:
    found = estimate_crop(page)
    assert found.box == (0, 0, page.shape[1], page.shape[0])
    assert (found.method, found.confidence) == ("whole", 0.0)


COLOURS = {
    "green as bright as the paper": ((190, 230, 190), (240, 232, 215)),
    "blue as bright as the paper": ((200, 225, 255), (245, 235, 210)),
    "brown desk": ((120, 85, 60), (240, 232, 215)),
}


def on_colour(ground: tuple[int, int, int], paper: tuple[int, int, int], sides: str) -> np.ndarray:
    """A form with ground on the sides named (l, t, r, b), 120 pixels wide."""
    page = ruled_form(0, size=(1000, 1400), tone=255, thickness=2, stains=0, noise=0)[..., None]
    left, top, right, bottom = (120 * (side in sides) for side in "ltrb")
    frame = np.empty((1400 + top + bottom, 1000 + left + right, 3))
    frame[:] = ground
    frame[top : top + 1400, left : left + 1000] = page / 255 * np.array(paper)
    grain = np.random.default_rng(1).normal(0, 3, frame.shape)
    return np.clip(cv2.GaussianBlur(frame, (0, 0), 1.0) + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("name", sorted(COLOURS))
@pytest.mark.parametrize("sides", ["ltrb", "l", "lt", "tb"])
def test_colour_tells_the_ground_also_where_brightness_does_not(name: str, sides: str) -> None:
    found = estimate_crop(on_colour(*COLOURS[name], sides))
    left, top = 120 * ("l" in sides), 120 * ("t" in sides)
    box = np.array([left, top, left + 1000, top + 1400])
    assert found.method == "ground"
    outwards = (np.array(found.box) - box) * [-1, -1, 1, 1]
    assert (outwards >= 0).all(), "the page is never cut into"
    assert (outwards <= 10).all()
    assert (found.quad is not None) == (sides == "ltrb")


def test_the_outline_of_a_turned_page_holds_its_corners() -> None:
    frame, _ = on_ground(20, 225, 6.0)
    found = estimate_crop(frame)
    turn = cv2.getRotationMatrix2D((820, 980), 6.0, 1.0)
    paper = np.array([[[222.0, 182]], [[1418, 182]], [[1418, 1778]], [[222, 1778]]])
    outline = np.array(found.outline, np.float32)
    for x, y in cv2.transform(paper, turn)[:, 0].tolist():
        assert cv2.pointPolygonTest(outline, (x, y), True) >= -1
    assert cv2.contourArea(outline) < 1.03 * 1200 * 1600
    assert found.quad is not None
    np.testing.assert_allclose(found.quad, cv2.transform(paper, turn)[:, 0], atol=12)


def test_a_shadow_at_the_binding_is_not_cut_away() -> None:
    page = ruled_form(0, size=(1240, 1754), thickness=2).astype(np.float64)
    page *= 1 - 0.6 * np.exp(-np.arange(1240) / 60)
    found = estimate_crop(page.astype(np.uint8))
    assert found.box == (0, 0, 1240, 1754)


def book(cover: int) -> np.ndarray:
    """An open book on grey ground, its paper darkening towards the rim of its leaves, a cover beyond them."""
    leaves = ruled_form(0, size=(1700, 1200), tone=225, thickness=2).astype(np.float64)
    along, down = np.arange(1700), np.arange(1200)
    leaves -= 55 * np.exp(-np.minimum(along, along[::-1]) / 70)
    leaves -= 40 * np.exp(-np.minimum(down, down[::-1]) / 70)[:, None]
    frame = np.full((1500, 2100), 105.0)
    frame[140:1365, 170:1930] = cover
    frame[150:1350, 200:1900] = leaves
    return worn(np.clip(frame, 0, 255).astype(np.uint8), 1.0, 3, np.random.default_rng(2))


@pytest.mark.parametrize("cover", [105, 125, 135])
def test_a_book_is_cut_out_whose_leaves_darken_towards_its_cover(cover: int) -> None:
    """The step from leaf to cover is small but abrupt, on all four sides."""
    found = estimate_crop(book(cover))
    assert found.method == "ground"
    np.testing.assert_allclose(found.box, (200, 150, 1900, 1350), atol=10)
    assert found.quad is not None


@pytest.mark.parametrize("reach", [25, 60, 150])
@pytest.mark.parametrize("depth", [0.3, 0.6, 0.85])
def test_no_shadow_is_taken_for_an_edge(reach: int, depth: float) -> None:
    """Steep or not, deep or not, beside the ground that is seen at the other side."""
    frame = np.full((1400, 1754), 40, np.float64)
    page = ruled_form(0, size=(1754, 1240), thickness=2).astype(np.float64)
    frame[:1240] = page * (1 - depth * np.exp(-np.arange(1754) / reach))
    x0, y0, x1, y1 = estimate_crop(frame.astype(np.uint8)).box
    assert (x0, y0, x1) == (0, 0, 1754)
    assert 1240 <= y1 <= 1250
