"""Rescan orders (補掃), as the stations that shall answer them see them."""
