"""What a second engine's opinion on doubtful lines is worth, and what it costs."""
