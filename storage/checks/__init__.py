"""What was found out about page images after they were committed, beside them: the images are immutable."""
