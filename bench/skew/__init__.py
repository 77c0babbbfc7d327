"""Measures the estimate of a page's skew on pages of many kinds, drawn with a known turn."""
