"""The sides a text names: our lists, the user's file, and bodies that only the text knows."""

from briefing.reading.parties.lexicon import PartyLexicon, PartyMention, load_lexicon

__all__ = ["PartyLexicon", "PartyMention", "load_lexicon"]
