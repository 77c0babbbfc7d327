"""What the judge keeps of a scan beside it: a picture to show, and where the writing of each frame lies."""

PICTURE = ".jpg"
MOST_FRAMES = 40
"""How many frames of a file are looked at."""


def writing_of(scan: str, frame: int = 0) -> str:
    """Return the name of the file that holds the fingerprint of a frame (from 0); beyond the first it tells
    which, counted from 1."""
    return f"{scan}.{frame + 1}.writing" if frame else f"{scan}.writing"
