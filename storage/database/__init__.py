"""Engine, sessions, base, column types, outbox."""
