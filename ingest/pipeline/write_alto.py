"""Write what was read on a page as ALTO 4: every line with its place in the master's pixels.

Source: ALTO 4.4, Library of Congress, https://www.loc.gov/standards/alto/. `ALTERNATIVE` is left out on
purpose: the standard keeps it for spelling variants of the text, not for what else an engine might have
read. Nothing is parsed here, so bandit's fear of hostile documents has no object.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # nosec B405

from domain.series import Series
from ingest.pipeline.results import Box, CellText, LineText, PageContent

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
VERSION = "4.4"
FORBIDDEN = {code: "\N{REPLACEMENT CHARACTER}" for code in range(32) if chr(code) not in "\t\n\r"}
"""Control characters that XML 1.0 cannot hold."""


@dataclass(frozen=True, slots=True)
class AltoSource:
    """The page that was read: its file's SHA-256 (hex) or name, its frame (from 0) and size in pixels."""

    identifier: str
    frame: int
    width: int
    height: int
    engine: str


def write_alto(content: PageContent, source: AltoSource, series: Series) -> bytes:
    """Return the page's text as an ALTO 4.4 document in UTF-8, blocks in reading order.

    A cell of a form is a block, tagged with its field where its print names one; a line outside a form is a
    block of its own. `WC` is the confidence, 0 to 1.
    """
    register_namespace("", NAMESPACE)
    root = Element(_name("alto"), SCHEMAVERSION=VERSION)
    _describe(root, source)
    _tag(root, content, series)
    page = SubElement(
        SubElement(root, _name("Layout")),
        _name("Page"),
        ID="page",
        PHYSICAL_IMG_NR=str(source.frame + 1),
        WIDTH=str(source.width),
        HEIGHT=str(source.height),
    )
    blocks = tuple(_blocks(content, series))
    space = SubElement(page, _name("PrintSpace"), {"ID": "space", **_place(_around(blocks, source))})
    for number, block in enumerate(blocks, 1):
        _write_block(space, number, block)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


@dataclass(frozen=True, slots=True)
class _Block:
    box: Box
    lines: Sequence[LineText]
    field: str | None


def _blocks(content: PageContent, series: Series) -> Iterator[_Block]:
    order = _by_columns if _reads_down(content, series) else _by_rows
    cells = sorted(_written(content.cells), key=order)
    yield from (_Block(cell.box, cell.lines, cell.field) for cell in cells)
    yield from (_Block(line.box, (line,), None) for line in content.lines)


def _reads_down(content: PageContent, series: Series) -> bool:
    """Tell whether a page's lines are columns: a series whose sheets read across may have books too."""
    lines = [line.vertical for cell in content.cells for line in cell.lines]
    return 2 * sum(lines) > len(lines) if lines else series.direction == "vertical"


def _by_columns(cell: CellText) -> tuple[int, int]:
    """Columns from the right, each from the top."""
    return -(cell.col + cell.col_span), cell.row


def _by_rows(cell: CellText) -> tuple[int, int]:
    return cell.row, cell.col


def _written(cells: Iterable[CellText]) -> Iterator[CellText]:
    return (cell for cell in cells if cell.lines)


def _describe(root: Element, source: AltoSource) -> None:
    description = SubElement(root, _name("Description"))
    SubElement(description, _name("MeasurementUnit")).text = "pixel"
    image = SubElement(description, _name("sourceImageInformation"))
    SubElement(image, _name("fileIdentifier")).text = _plain(source.identifier)
    processing = SubElement(description, _name("Processing"), ID="recognition")
    SubElement(processing, _name("processingCategory")).text = "contentGeneration"
    software = SubElement(processing, _name("processingSoftware"))
    SubElement(software, _name("softwareCreator")).text = "Huji"
    SubElement(software, _name("softwareName")).text = _plain(source.engine)


def _tag(root: Element, content: PageContent, series: Series) -> None:
    """Name the fields whose printed labels stand on the page; a label's block refers to its tag."""
    keys = sorted({cell.field for cell in _written(content.cells) if cell.field is not None})
    if not keys:
        return
    tags = SubElement(root, _name("Tags"))
    for key in keys:
        label = series.field(key).label
        SubElement(tags, _name("StructureTag"), ID=f"field.{key}", TYPE="field label", LABEL=label)


def _write_block(space: Element, number: int, block: _Block) -> None:
    tagged = {} if block.field is None else {"TAGREFS": f"field.{block.field}"}
    about = {"ID": f"block.{number}", **_place(block.box), **tagged}
    written = SubElement(space, _name("TextBlock"), about)
    for ordinal, line in enumerate(block.lines, 1):
        place = _place(line.box)
        about = {"ID": f"line.{number}.{ordinal}", "BASEDIRECTION": "ttb" if line.vertical else "ltr"}
        row = SubElement(written, _name("TextLine"), {**about, **place})
        confidence = f"{min(1.0, max(0.0, line.confidence)):.4f}"
        SubElement(row, _name("String"), {"CONTENT": _plain(line.text), "WC": confidence, **place})


def _around(blocks: Sequence[_Block], source: AltoSource) -> Box:
    if not blocks:
        return 0, 0, source.width, source.height
    x0, y0, x1, y1 = zip(*(block.box for block in blocks), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _place(box: Box) -> dict[str, str]:
    x0, y0, x1, y1 = box
    return {"HPOS": str(x0), "VPOS": str(y0), "WIDTH": str(x1 - x0), "HEIGHT": str(y1 - y0)}


def _plain(text: str) -> str:
    return text.translate(FORBIDDEN)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
