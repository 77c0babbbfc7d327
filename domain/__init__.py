"""Rules only: standard library, no clock, no environment, no I/O but packaged tables."""
