"""What may be done to what is published: publish, reverse, hold."""
