"""What the judge keeps of a scan beside it: a picture to show, and where its writing lies."""

PICTURE = ".jpg"
WRITING = ".writing"
KEPT = (PICTURE, WRITING)
"""How their file names end; before it stands the scan."""
