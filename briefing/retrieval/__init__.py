"""Finding the passages that a question is about, and telling when there are none."""
