"""Draws synthetic register pages with their truth.

`draw_page` draws one, `draw_volume` a volume; `python -m bench.pages` writes files.
The truth goes to a folder of its own, and an import contract keeps the product from importing this package.
"""

from bench.pages.draw_page import draw_page
from bench.pages.draw_spread import draw_spread
from bench.pages.draw_views import draw_views
from bench.pages.draw_volume import DrawnPage, Kind, draw_volume
from bench.pages.spec import PageSpec
from bench.pages.truth import PageTruth

__all__ = [
    "DrawnPage",
    "Kind",
    "PageSpec",
    "PageTruth",
    "draw_page",
    "draw_spread",
    "draw_views",
    "draw_volume",
]
