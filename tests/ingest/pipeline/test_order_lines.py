"""Lines of a page without a form come in reading order."""

from ingest.pipeline.order_lines import order_lines
from ingest.pipeline.results import LineText


def line(text: str, box: tuple[int, int, int, int], vertical: bool) -> LineText:
    return LineText(box, text, 1.0, vertical)


def test_columns_are_read_from_the_right() -> None:
    """Vertical writing in two bands: the upper band first, each from the right."""
    lines = [
        line(name, (x, y, x + 30, y + 300), True)
        for name, x, y in (("三", 100, 0), ("一", 200, 0), ("二", 150, 0), ("五", 150, 400), ("四", 200, 400))
    ]
    assert "".join(one.text for one in order_lines(lines)) == "一二三四五"


def test_two_pages_of_rows_are_read_page_by_page() -> None:
    """Horizontal writing on a spread: the left page whole, then the right one."""
    lines = [
        line(name, (x, y, x + 300, y + 30), False)
        for name, x, y in (("四", 500, 80), ("一", 0, 0), ("三", 500, 5), ("二", 0, 60))
    ]
    assert "".join(one.text for one in order_lines(lines)) == "一二三四"


def test_nothing_has_an_order_too() -> None:
    """No lines, no lines."""
    assert order_lines([]) == []
