"""The standard set of drawn pages: any of them by series, seed and severity.

Seeds 7000–7099 are for measuring alone; nobody tunes on them. Seeds 2000–2999 are for tuning and calibrating.
"""

import numpy as np

from bench.pages.draw_page import draw_page
from bench.pages.draw_volume import DrawnPage
from bench.pages.spec import PageSpec

STANDARD_SEEDS = range(7000, 7100)
TUNING_SEEDS = range(2000, 3000)
PAGES_A_BOOK = 200


def standard_page(series: str, seed: int, severity: int) -> DrawnPage:
    """Return the page of a series with this seed; what it says does not depend on the severity.

    Pages of one seed lie each their own way, series by series: an estimator is asked about many angles.

    Raises: NoFacesError if no type face is installed; ValueError for a series or a severity there is none of.
    """
    spec = PageSpec(
        file=f"{series}-{seed}-{severity}.jpg",
        series=series,
        severity=severity,
        page_number=1 + seed % PAGES_A_BOOK,
    )
    lying = np.random.default_rng([seed, *series.encode()])
    return DrawnPage(*draw_page(spec, np.random.default_rng(seed), lying=lying))
