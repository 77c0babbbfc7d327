"""The station's own client: installable alone, on Windows too.

Of the house it imports `imaging` and the order of pages (`ingest.batches.page_order`) besides this folder; of
other distributions those in deploy/station/pyproject.toml: array and codec libraries, httpx, rich, click.
"""
