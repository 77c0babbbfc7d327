"""The crew's page, on this machine alone: the scan large, the verdict in words, a few large buttons."""
