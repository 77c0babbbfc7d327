"""What was read on a page whose turn nobody could tell is never called sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from domain.series import load_series
from ingest.ocr.port import Pixels, Reading, TextLine, Usability
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.claim_less import MOST_UNTURNED, claim_less
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.proposals import propose
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import PageContent, Value
from tests.ingest.pipeline.drawn_table import Drawn, draw_table

REAL = RapidRecogniser()
SURE = st.floats(0, 1)


@dataclass(frozen=True)
class ReadsColumnsAlone:
    """The real engine, save that it makes nothing of rows, nor of the single glyphs that tell turns."""

    name: str = "rapid"

    def usable(self) -> Usability:
        return REAL.usable()

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        return REAL.read_lines(crops, vertical) if vertical else [Reading("", 0.0) for _ in crops]

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        return REAL.read_page(rgb)


def table() -> Pixels:
    """A table with too few labels of several characters to show which way up it stands."""
    rows = [
        ("氏名", ["林阿水", "陳氏玉", "林添丁"]),
        ("父", ["林土", "陳木", "王火旺"]),
        ("母", ["李氏月", "王氏好", "陳氏玉"]),
    ]
    cells = []
    for row, (label, texts) in enumerate(rows):
        for column, text in enumerate([label, *texts]):
            right, top = 3200 - 400 * column, 200 + 600 * row
            box = (right - 400, top, right, top + 600)
            cells.append(Drawn(box, text, printed=not column, vertical=True, size=64))
    return draw_table(cells)


def value(sure: float, other: float) -> Value:
    return Value("王", sure, (0, 0, 9, 9), (("玉", other),), raw_confidence=sure)


@given(st.dictionaries(st.sampled_from(["head", "address"]), st.tuples(SURE, SURE)), st.tuples(SURE, SURE))
def test_no_value_is_surer_and_nothing_else_changes(
    household: dict[str, tuple[float, float]], person: tuple[float, float]
) -> None:
    """Texts, boxes and the engine's own confidence stay; doubtful values stay as doubtful."""
    content = PageContent(
        {key: value(*sure) for key, sure in household.items()},
        ({"name": value(*person)},),
        (),
        (),
        "王",
        designation=value(*person),
    )
    less = claim_less(content)
    pairs = [(content.household[key], less.household[key]) for key in household]
    assert content.designation is not None
    assert less.designation is not None
    pairs += [(content.persons[0]["name"], less.persons[0]["name"]), (content.designation, less.designation)]
    for before, after in pairs:
        assert after.confidence == min(before.confidence, MOST_UNTURNED)
        assert (after.text, after.box, after.raw_confidence) == (
            before.text,
            before.box,
            before.raw_confidence,
        )
        assert all(sure <= MOST_UNTURNED for _, sure in after.alternatives)
    assert claim_less(less) == less


def test_a_form_that_nobody_can_turn_is_proposed_without_being_sure() -> None:
    """The same page, where its turn is told, has names that are called sure."""
    series = load_series("colonial_register")
    told, untold = (
        read_register_page(table(), 300, series, Readers(engine)) for engine in (REAL, ReadsColumnsAlone())
    )
    assert (told.orientation.method, untold.orientation.method) == ("reading", "none")
    names = [[person["name"] for person in one.content.persons] for one in (told, untold)]
    assert (
        [name.text for name in names[0]] == [name.text for name in names[1]] == ["林阿水", "陳氏玉", "林添丁"]
    )
    assert min(name.confidence for name in names[0]) > 0.9
    assert {name.confidence for name in names[1]} == {MOST_UNTURNED}
    assert all(entry.min_confidence <= MOST_UNTURNED for entry in propose(untold, series))
