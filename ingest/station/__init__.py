"""The station's own client: installable alone, on Windows too.

It imports nothing of the house outside this folder, and beyond the standard library httpx, rich and click.
"""
