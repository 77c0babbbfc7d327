"""Draws synthetic register pages with their truth.

`draw_page` draws one, `draw_volume` a volume, `draw_spread` two pages in one picture, `draw_views` a page
with a slip over it and folded back, `standard_page` one of the standard set; `python -m bench.pages` writes
files. The truth goes to a folder of its own, and an import contract keeps the product from importing this
package.
"""

from bench.pages.draw_page import draw_page
from bench.pages.draw_spread import draw_spread
from bench.pages.draw_views import draw_views
from bench.pages.draw_volume import DrawnPage, Kind, draw_volume
from bench.pages.spec import PageSpec
from bench.pages.standard_page import STANDARD_SEEDS, TUNING_SEEDS, standard_page
from bench.pages.truth import PageTruth

__all__ = [
    "STANDARD_SEEDS",
    "TUNING_SEEDS",
    "DrawnPage",
    "Kind",
    "PageSpec",
    "PageTruth",
    "draw_page",
    "draw_spread",
    "draw_views",
    "draw_volume",
    "standard_page",
]
