"""Adding the organisations that act here."""
