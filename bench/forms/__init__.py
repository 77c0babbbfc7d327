"""Learns to tell the forms of a character apart: 黃 from 黄, 吳 from 呉."""
