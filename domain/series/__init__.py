"""What a series is: fields, masking, form layout; the shipped series as data."""
