"""The station's own client; installable alone."""
