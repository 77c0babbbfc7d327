"""How well and how fast people are found: recall, precision and times of look-ups, on both engines."""
