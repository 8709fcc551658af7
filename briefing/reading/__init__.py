"""Reading one article: its sentences, passages, days, parties, and who is credited with what."""
