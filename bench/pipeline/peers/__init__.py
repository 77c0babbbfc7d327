"""Scripts for the peers' environment, where nothing of Huji is: standard library and the peer alone."""
