"""huji admin: set up organisations, accounts, keys, agreements and volumes."""
