"""Hold a series' layout hints against a page that was read: where they say one thing and the page another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.series import Form, Series
from ingest.pipeline.reading_order import cells_in_order
from ingest.pipeline.results import Box, PageContent, PageReading

UNITS = {"household": "一戶", "person": "一人", "page": "一件"}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A hint that a page does not bear out, in two languages."""

    hint: str
    zh: str
    en: str


def compare_layout(reading: PageReading, series: Series) -> tuple[Disagreement, ...]:
    """Return where the page and the hints disagree; a page that shows no form bears on `ruled` alone."""
    content = reading.content
    form = next((one for one in series.forms if one.key == content.form), None)
    return (
        *_ruled(reading, series),
        *(_unit(content, series, form) if content.persons else ()),
        *_persons_along(reading, series, form),
        *(_bands(content, series) if form is None else ()),
    )


def _ruled(reading: PageReading, series: Series) -> Iterator[Disagreement]:
    seen = bool(reading.content.cells or reading.rules.kept)
    if seen != series.layout.ruled:
        zh, en = ("有", "is") if seen else ("沒有", "is not")
        hint = "true" if series.layout.ruled else "false"
        yield Disagreement(
            "ruled", f"提示為 {hint}，此頁{zh}框線", f"the hint is {hint}, the page {en} ruled"
        )


def _unit(content: PageContent, series: Series, form: Form | None) -> Iterator[Disagreement]:
    unit, persons = series.layout.unit, len(content.persons)
    household = {field.key for field in series.fields_at("household")}
    if unit == "household":
        if persons == 1 and household and not household & {cell.field for cell in content.cells}:
            zh, en = "此頁僅見一人，未見戶之欄名", "the page shows one person and no label of a household"
            yield Disagreement("unit", f"提示為一頁{UNITS[unit]}，{zh}", f"the hint is {unit}, {en}")
    elif persons > _at_once(form):
        zh, en = f"此頁見 {persons} 人", f"the page shows {persons} persons"
        yield Disagreement("unit", f"提示為一頁{UNITS[unit]}，{zh}", f"the hint is {unit}, {en}")


def _persons_along(reading: PageReading, series: Series, form: Form | None) -> Iterator[Disagreement]:
    hint, seen = series.layout.persons_along, _along(reading)
    if seen is None or hint == seen or len(reading.content.persons) <= _at_once(form):
        return
    ways = {"columns": "左右並排", "rows": "上下並排", "pages": "一頁一人"}
    yield Disagreement(
        "persons_along",
        f"提示為 {hint}（{ways[hint]}），此頁各人{ways[seen]}",
        f"the hint is {hint}, the page's persons follow one another in {seen}",
    )


def _along(reading: PageReading) -> str | None:
    """How persons follow one another on the page as it stands upright; None where there is one at most."""
    boxes = [value.box for person in reading.content.persons if (value := person.get("name")) is not None]
    if len(boxes) < 2:
        return None
    middles = [_middle(reading.transform.upright_box(box)) for box in boxes]
    wide, high = (max(places) - min(places) for places in zip(*middles, strict=True))
    return "columns" if wide > high else "rows"


def _bands(content: PageContent, series: Series) -> Iterator[Disagreement]:
    """Compare what a page of the full form prints: other fields than the bands, or in another order."""
    hint = series.layout.bands
    persons = {field.key for field in series.fields_at("person")}
    seen = _printed(content, series)
    beside = [key for key in seen if key in persons and key not in hint] if hint else []
    if beside:
        named = ", ".join(beside)
        yield Disagreement("bands", f"此頁另有：{named}", f"the page prints also {named}")
    order = [key for key in seen if key in hint]
    if order != [key for key in hint if key in order]:
        named = ", ".join(order)
        yield Disagreement("bands", f"此頁之順序為：{named}", f"the page prints them in this order: {named}")


def _printed(content: PageContent, series: Series) -> Sequence[str]:
    """The fields whose labels were found, each once, in the order the form is read."""
    return tuple(dict.fromkeys(cell.field for cell in cells_in_order(content, series) if cell.field))


def _at_once(form: Form | None) -> int:
    """How many persons one sheet asks about."""
    return max(1, len(form.parties)) if form else 1


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
