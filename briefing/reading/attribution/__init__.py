"""Which words are credited to which words: source, cue and content, before anybody is resolved."""
