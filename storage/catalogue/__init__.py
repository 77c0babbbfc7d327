"""The archive itself: volumes, pages, page images."""
