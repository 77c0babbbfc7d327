"""Findings that took a page's neighbours to see, as the checks of a batch leave them."""

from collections.abc import Sequence

from storage.catalogue.tables import PageImage
from storage.checks.tables import PageFinding


def finding_on(image: PageImage, check: str, *, zh: str, en: str, box: Sequence[float] = ()) -> PageFinding:
    """A finding on an image, to be added; without a box it is about all of the page."""
    return PageFinding(
        page_image_id=image.id,
        office_id=image.office_id,
        check=check,
        value=0.9,
        box=list(box),
        zh=zh,
        en=en,
        created_at=image.created_at,
    )
