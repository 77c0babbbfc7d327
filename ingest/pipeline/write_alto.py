"""Write what was read on a page as ALTO 4: every line with its place in the master's pixels.

Places are those of the master as it is stored. How its content is turned stands at the page as `ROTATION`,
degrees counter-clockwise; `BASEDIRECTION` is how a line runs once that is undone, as the standard has it
after the W3C's writing modes. A line's ink is a style that it refers to; what refers to none is black.

Source: ALTO 4.4, Library of Congress, https://www.loc.gov/standards/alto/. `ALTERNATIVE` is left out on
purpose: the standard keeps it for spelling variants of the text, not for what else an engine might have
read. Nothing is parsed here, so bandit's fear of hostile documents has no object.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # nosec B405

from domain.series import Series
from imaging.orientation import Quarter
from imaging.quarters import quarters_between
from imaging.transform import for_deskew
from ingest.pipeline.reading_order import cells_in_order
from ingest.pipeline.results import Box, Ink, LineText, PageContent, PageReading

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
VERSION = "4.4"
FORBIDDEN = {code: "\N{REPLACEMENT CHARACTER}" for code in range(32) if chr(code) not in "\t\n\r"}
"""Control characters that XML 1.0 cannot hold."""
STYLES: Mapping[Ink, Mapping[str, str]] = {"red": {"FONTCOLOR": "C00000"}, "other": {}}
"""The inks that are not black. The red (RGB in hex) stands for the ink's name and was not measured; of the
others nobody told which they are."""


@dataclass(frozen=True, slots=True)
class AltoSource:
    """The page that was read: its file's SHA-256 (hex) or name, its frame (from 0) and size in pixels.

    `turned_deg` says by how many quarters its content is turned in the file, counter-clockwise as seen.
    """

    identifier: str
    frame: int
    width: int
    height: int
    engine: str
    turned_deg: Quarter = 0


def alto_source(identifier: str, frame: int, reading: PageReading) -> AltoSource:
    """Return the source of a page as read; see `AltoSource`."""
    width, height = reading.transform.master_size
    turned = quarters_between(for_deskew((width, height), 0.0), reading.transform)
    return AltoSource(identifier, frame, width, height, reading.recogniser, turned)


def write_alto(content: PageContent, source: AltoSource, series: Series) -> bytes:
    """Return the page's text as an ALTO 4.4 document in UTF-8, blocks in reading order.

    A cell of a form is a block, tagged with its field where its print names one; a line outside a form is a
    block of its own. `WC` is the confidence, 0 to 1.
    """
    register_namespace("", NAMESPACE)
    root = Element(_name("alto"), SCHEMAVERSION=VERSION)
    blocks = tuple(_blocks(content, series))
    _describe(root, source)
    _style(root, blocks)
    _tag(root, blocks, series)
    page = SubElement(
        SubElement(root, _name("Layout")),
        _name("Page"),
        ID="page",
        PHYSICAL_IMG_NR=str(source.frame + 1),
        WIDTH=str(source.width),
        HEIGHT=str(source.height),
    )
    if source.turned_deg:
        page.set("ROTATION", str(source.turned_deg))
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
    cells = cells_in_order(content, series)
    yield from (_Block(cell.box, cell.lines, cell.field) for cell in cells)
    yield from (_Block(line.box, (line,), None) for line in content.lines)


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


def _style(root: Element, blocks: Sequence[_Block]) -> None:
    """Name the inks on the page that are not black; a line refers to that of its own."""
    seen = {line.ink for block in blocks for line in block.lines}
    inks = [ink for ink in STYLES if ink in seen]
    if not inks:
        return
    styles = SubElement(root, _name("Styles"))
    for ink in inks:
        SubElement(styles, _name("TextStyle"), {"ID": f"ink.{ink}", **STYLES[ink]})


def _tag(root: Element, blocks: Sequence[_Block], series: Series) -> None:
    """Name the fields whose printed labels stand on the page; a label's block refers to its tag."""
    keys = sorted({block.field for block in blocks if block.field is not None})
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
        inked = {"STYLEREFS": f"ink.{line.ink}"} if line.ink in STYLES else {}
        row = SubElement(written, _name("TextLine"), {**about, **inked, **place})
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
