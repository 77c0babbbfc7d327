"""The station put to the test: power cuts, line cuts, and the time from a scan to its verdict."""
