"""Whose statement it is: from the words a source is written in to a person and a side."""
