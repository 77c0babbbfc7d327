"""Scores the layout: cells found on drawn pages against the cells that were ruled."""
