"""Checks of a delivery's pages against one another and against the volume: doubles, shifts, wrong pages."""
