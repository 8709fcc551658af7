"""Writing: drafts of sentences with their receipts. Nothing here decides whether a draft may be shown."""
