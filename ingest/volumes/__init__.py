"""What a volume holds by now, for the station to count its book against."""
