"""Reruns: images read once more, and what differs brought to an operator."""
