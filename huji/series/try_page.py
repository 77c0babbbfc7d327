"""Read a test page as a series' form, and say which of its labels were found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.series import Series
from imaging.decoding import decode
from ingest.ocr.choose import choose_engines
from ingest.pipeline.choose_form import fields_of_form
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import PageContent, Value


@dataclass(frozen=True, slots=True)
class PageTried:
    """What a test page shows of a series: `found` is the text read as each field's label, by field key.

    `missing` are fields the form should ask for.
    """

    is_form: bool
    form: str | None
    found: Mapping[str, str]
    missing: tuple[str, ...]
    household: Mapping[str, str]
    persons: tuple[Mapping[str, str], ...]


def try_page(path: Path, series: Series, forbidden: Collection[str] = ()) -> PageTried:
    """Read the first frame of an image as a form of the series, by the first engine that is not forbidden.

    Raises:
        RefusedImage: the file cannot be decoded.
        NoEngine: no recognition engine is installed and allowed.
    """
    page = decode(path.read_bytes(), 0)
    readers = Readers(choose_engines(forbidden)[0])
    content = read_register_page(page.pixels, page.ppi, series, readers).content
    found = {cell.field: cell.text for cell in content.cells if cell.field is not None}
    return PageTried(
        is_form=bool(found),
        form=content.form,
        found=found,
        missing=tuple(key for key in _asked(content, series) if key not in found),
        household=_texts(content.household),
        persons=tuple(_texts(person) for person in content.persons),
    )


def _asked(content: PageContent, series: Series) -> tuple[str, ...]:
    """Return the fields of the form the page is, or of the full form: the layout's bands."""
    forms = [form for form in series.forms if form.key == content.form]
    if not forms:
        return series.layout.bands or tuple(field.key for field in series.fields)
    asked = fields_of_form(forms[0], series)
    return tuple(field.key for field in series.fields if field.key in asked)


def _texts(values: Mapping[str, Value]) -> dict[str, str]:
    return {key: value.text for key, value in values.items()}
