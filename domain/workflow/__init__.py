"""The request's state machine: transition table, guards, refusals."""
