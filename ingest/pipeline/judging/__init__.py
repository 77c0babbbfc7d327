"""What a value's text says for itself: parsed form, what may be meant, evidence of a right reading.

One module for each kind of field, one signature, registered in one table (judge_text.py). Nothing here
changes what was read.
"""
