"""Claims, leases, sweeps: processing that is never lost."""
