"""Folds, shadows at the rim, the other side's writing, lost colour: each found where planted."""

import cv2
import numpy as np
import pytest

from domain.series import load_series
from imaging.quality import Finding, Thresholds, assess
from imaging.skew import SkewEstimate
from tests.imaging.drawn_pages import ruled_form

STRAIGHT = SkewEstimate(0.0, 1.0, "rulings")
WIDE, HIGH = 1754, 1240
CHECKS = ("fold", "shadow", "show_through", "colour")
COLOUR = Thresholds(chroma_flag=3.0)


def drawn(seed: int = 0) -> np.ndarray:
    # Chance puts the stains of other seeds on the rim, where they are taken for shadows, and may be.
    grey = ruled_form(0, size=(WIDE, HIGH), thickness=3, stains=int(seed == 0), seed=seed)
    return np.asarray(grey[..., None] * np.array([1.0, 0.97, 0.88]), dtype=np.uint8)


def found(page: np.ndarray) -> dict[str, Finding]:
    return {finding.check: finding for finding in assess(page, 300.0, STRAIGHT, COLOUR)}


def darker(page: np.ndarray, shade: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(page - shade[..., None], 0, 255), dtype=np.uint8)


def creased(page: np.ndarray, angle_deg: float) -> np.ndarray:
    rows, columns = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)
    turn = np.radians(angle_deg)
    away = (columns - WIDE / 2) * np.sin(turn) - (rows - HIGH / 2 - 35) * np.cos(turn)
    return darker(page, 60 * np.exp(-((away / 9) ** 2)))


def held(page: np.ndarray) -> np.ndarray:
    mask = np.zeros((HIGH, WIDE), np.uint8)
    cv2.ellipse(mask, (900, HIGH), (70, 190), 4, 0, 360, 255, -1)
    share = cv2.GaussianBlur(mask, (0, 0), 4)[..., None] / 255
    return np.asarray(page * (1 - share) + np.array([125, 88, 72]) * share, dtype=np.uint8)


def without_a_corner(page: np.ndarray) -> np.ndarray:
    out = page.copy()
    cv2.fillConvexPoly(out, np.array([[0, 0], [260, 0], [0, 260]], np.int32), (35, 34, 33))
    return out


def thin(page: np.ndarray) -> np.ndarray:
    behind = cv2.GaussianBlur(255 - np.ascontiguousarray(drawn(5)[:, ::-1, 0]), (0, 0), 3).astype(np.float32)
    shade = np.zeros((HIGH, WIDE), np.float32)
    shade[110:-110, 110:-110] = 0.4 * np.roll(behind, (37, 43), (0, 1))[110:-110, 110:-110]
    return darker(page, np.maximum(shade - 0.4 * 40, 0))


def grey(page: np.ndarray) -> np.ndarray:
    return np.repeat(page[..., :1], 3, axis=2)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_sound_page_has_none_of_it(seed: int) -> None:
    findings = found(drawn(seed))
    assert {check: findings[check].verdict for check in CHECKS} == dict.fromkeys(CHECKS, "accept")


@pytest.mark.parametrize(
    ("check", "page"),
    [
        ("fold", creased(drawn(), 12.0)),
        ("fold", creased(drawn(), 75.0)),
        ("shadow", held(drawn())),
        ("shadow", without_a_corner(drawn())),
        ("show_through", thin(drawn())),
        ("colour", grey(drawn())),
    ],
)
def test_damage_is_noticed_by_its_check(check: str, page: np.ndarray) -> None:
    finding = found(page)[check]
    assert finding.verdict == "flag"
    assert finding.zh
    assert finding.en


@pytest.mark.parametrize(
    ("page", "check", "place"),
    [
        (held(drawn()), "shadow", (900, 1150)),
        (without_a_corner(drawn()), "shadow", (60, 60)),
        (creased(drawn(), 12.0), "fold", (WIDE // 2, HIGH // 2 + 35)),
    ],
)
def test_its_place_is_told(page: np.ndarray, check: str, place: tuple[int, int]) -> None:
    where = found(page)[check].where
    assert where is not None
    x0, y0, x1, y1 = where
    assert x0 <= place[0] <= x1
    assert y0 <= place[1] <= y1
    assert (x1 - x0) * (y1 - y0) < 0.6 * WIDE * HIGH
    assert x1 <= WIDE
    assert y1 <= HIGH


@pytest.mark.parametrize(
    ("series", "verdict"),
    [
        ("colonial_removed_register", "refuse"),
        ("household_removed_registration", "refuse"),
        ("household_registration", "flag"),
        ("registration_application", "accept"),
    ],
)
def test_a_grey_master_is_judged_by_what_red_ink_means_in_its_series(series: str, verdict: str) -> None:
    limits = Thresholds().with_overrides(load_series(series).quality)
    verdicts = []
    for page in (grey(drawn()), drawn()):
        colour = next(one for one in assess(page, 300.0, STRAIGHT, limits) if one.check == "colour")
        verdicts.append((colour.verdict, colour.where))
    assert verdicts == [(verdict, None if verdict == "accept" else (0, 0, WIDE, HIGH)), ("accept", None)]


def test_a_hand_over_a_twentieth_of_a_loose_sheet_is_refused_and_over_a_bound_page_flagged() -> None:
    page = drawn()
    page[HIGH // 2 :, : WIDE // 8] = (125, 88, 72)
    verdicts = {}
    for series in ("registration_application", "colonial_register"):
        limits = Thresholds().with_overrides(load_series(series).quality)
        found = {one.check: one.verdict for one in assess(page, 300.0, STRAIGHT, limits)}
        verdicts[series] = found["shadow"]
    assert verdicts == {"registration_application": "refuse", "colonial_register": "flag"}


def test_a_grey_master_will_do_where_no_colour_is_asked_for() -> None:
    plain = assess(grey(drawn()), 300.0, STRAIGHT)
    assert next(finding for finding in plain if finding.check == "colour").verdict == "accept"
