"""Decoding in a limited child process, so that a hostile file can take down nothing but that child."""
