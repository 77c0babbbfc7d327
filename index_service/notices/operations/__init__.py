"""What may be done with notices: post one, read one, tell those shown a version that changed."""
