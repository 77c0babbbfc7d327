"""What the station crew sees: batches, their progress, their failures."""
