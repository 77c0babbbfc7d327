"""The colours of an overlay, and how sure a reading must be to have which."""

from index_service.requests.rules import DEFAULT_RULES

Colour = tuple[int, int, int]

SURE_FROM, DOUBTFUL_BELOW = 0.98, DEFAULT_RULES.doubt_below
"""What is doubtful here is what is laid before a person at the desk."""

SURE: Colour = (0, 120, 60)
LIKELY: Colour = (190, 120, 0)
DOUBTFUL: Colour = (205, 0, 40)
CELL: Colour = (70, 120, 220)
RULE: Colour = (60, 190, 230)
REJECTED: Colour = (200, 180, 210)
LABEL: Colour = (0, 130, 140)
CROP: Colour = (120, 60, 200)
FLAGGED: Colour = (220, 0, 180)
RED_INK: Colour = (240, 40, 20)
SEAL: Colour = (150, 0, 90)
OTHER_INK: Colour = (90, 60, 230)
QUIET: Colour = (110, 110, 110)
NUMBERED: Colour = (30, 60, 200)


def colour_of_doubt(confidence: float) -> Colour:
    """Return the colour of a reading: sure, likely, or to be looked at."""
    if confidence >= SURE_FROM:
        return SURE
    return LIKELY if confidence >= DOUBTFUL_BELOW else DOUBTFUL
