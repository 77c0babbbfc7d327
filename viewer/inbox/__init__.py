"""The ministry's inbox: accept, return, reject, assign."""
