"""What a station holds until the centre answers for it: copies, and a journal that survives a power cut."""
