"""Benchmarks and the synthetic pages they run on."""
