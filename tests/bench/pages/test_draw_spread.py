"""A spread tells both of its pages; the two views of a page with a slip tell the same page."""

from pathlib import Path

import numpy as np

from bench.pages import PageSpec, draw_spread, draw_views
from bench.pages.__main__ import main

SMALL = PageSpec(width=1200, height=850, page_number=11)


def test_the_right_page_comes_first_and_the_gutter_parts_them() -> None:
    pixels, (right, left) = draw_spread(SMALL, np.random.default_rng(3))
    assert pixels.shape == (850, 2400, 3)
    assert (right.side, left.side) == ("right", "left")
    assert right.entries != left.entries
    assert right.gutter == left.gutter
    assert right.gutter is not None
    low, high = min(right.gutter) - 6, max(right.gutter) + 6
    assert all(low <= cell.box.x0 for cell in right.cells)
    assert all(cell.box.x1 <= high for cell in left.cells)
    assert right.designation is not None
    assert left.designation is not None
    assert (right.designation.number, left.designation.number) == (11, 12)


def test_the_gutter_is_where_the_book_is_bound() -> None:
    pixels, (right, _) = draw_spread(SMALL, np.random.default_rng(5))
    assert right.gutter is not None
    middle = round(sum(right.gutter) / 2)
    across = np.median(pixels[300:550], axis=(0, 2))
    assert across[middle - 15 : middle + 15].mean() < across[middle - 300 : middle + 300].mean() - 5


def test_a_slip_covers_in_one_view_what_the_other_shows() -> None:
    (over, first), (back, second) = draw_views(SMALL, np.random.default_rng(8))
    assert (first.view, second.view) == (1, 2)
    assert (first.file, second.file) == ("0001.jpg", "0001-2.jpg")
    assert first.entries == second.entries
    assert first.slip is not None
    assert second.slip is None
    assert first.covered
    assert second.covered == ()
    assert over.shape == back.shape
    names = [cell.text for at, cell in enumerate(first.cells) if at in first.covered]
    assert all(names)


def test_the_command_draws_both(tmp_path: Path) -> None:
    size = ["--pages", "1", "--width", "800", "--height", "566"]
    for kind, images, truths in (("spread", 1, 2), ("slip", 2, 2)):
        out = tmp_path / kind
        assert main(["--out", str(out), "--kind", kind, *size]) == 0
        assert len(list(out.iterdir())) == images
        told = (tmp_path / f"{kind}-truth" / "truth.jsonl").read_text("utf-8").splitlines()
        assert len(told) == truths
