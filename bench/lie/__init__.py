"""Measures whether a page is set upright, square and cropped, and a spread parted, whatever way it lies."""
