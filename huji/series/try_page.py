"""Read a test page as a series' form, and say which of its labels were found."""

from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from domain.series import Form, Series
from huji.series.compare_layout import Disagreement, compare_layout
from ingest.decoding.decode_file import decode_file
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.choose_form import fields_of_form
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import Value


@dataclass(frozen=True, slots=True)
class PageTried:
    """What a test page shows of a series: `found` is the text read as each field's label, by field key, and
    `missing` are the other fields, of household and persons, that the form may ask for.

    `telling` are the fields whose labels tell the form: its own, or the bands of the series' layout;
    `disagreements` are where the layout's hints say another thing than the page.
    """

    form: str | None
    found: Mapping[str, str]
    missing: tuple[str, ...]
    telling: tuple[str, ...]
    household: Mapping[str, str]
    persons: tuple[Mapping[str, str], ...]
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def told(self) -> int:
        """How many of the telling labels were found."""
        return len(set(self.telling) & set(self.found))

    @property
    def least(self) -> int:
        """How many of them must be: half, as registers share some labels, and forms leave some out."""
        return ceil(len(self.telling) / 2)

    @property
    def is_form(self) -> bool:
        """Whether the page shows enough of the series to be a form of it."""
        return self.told >= max(1, self.least)


def try_page(path: Path, series: Series, forbidden: Collection[str] = ()) -> PageTried:
    """Read the first frame of an image as a form of the series, by the first engine that is not forbidden.

    It is decoded in a limited child process: whoever drew up the series may have the page from anywhere.

    Raises:
        OSError: the file cannot be read.
        RefusedImage: the file cannot be decoded.
        NoEngine: no recognition engine is installed and allowed.
    """
    readers = Readers(choose_engines(forbidden)[0])
    with closing(LimitedDecoder()) as decoder:
        page = decode_file(decoder, path, 0)
    reading = read_register_page(page.pixels, page.ppi, series, readers)
    content = reading.content
    found = {cell.field: cell.text for cell in content.cells if cell.field is not None}
    form = next((form for form in series.forms if form.key == content.form), None)
    asked = fields_of_form(form, series)
    return PageTried(
        form=content.form,
        found=found,
        missing=tuple(field.key for field in series.fields if field.key in asked - found.keys()),
        telling=_telling(form, series),
        household=_texts(content.household),
        persons=tuple(_texts(person) for person in content.persons),
        disagreements=compare_layout(reading, series),
    )


def _telling(form: Form | None, series: Series) -> tuple[str, ...]:
    """Return the fields of the form the page is, or of the full form: the layout's bands."""
    asked = fields_of_form(form, series)
    if form is None and series.layout.bands:
        return series.layout.bands
    return tuple(field.key for field in series.fields if field.key in asked)


def _texts(values: Mapping[str, Value]) -> dict[str, str]:
    return {key: value.text for key, value in values.items()}
