"""A question read against what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import InputError
from briefing.reading.parties import PartyLexicon, load_lexicon
from briefing.retrieval.people import last_words
from briefing.retrieval.questions import Known, Question, understand
from briefing.types import Turn

if TYPE_CHECKING:
    from briefing.store import Store

_LONGEST_QUESTION = 2000
_OPPOSITION = " opposition"


def understood(store: Store, question: str, history: Sequence[Turn], parties: Path | None) -> Question:
    """The question as understood after the turns before it; InputError for none, or one too long.

    Only the people whose names it may hold are looked up: a library knows tens of thousands.
    """
    text = " ".join(question.split())
    if not text:
        raise InputError("the question is empty; type what you want to know")
    if len(text) > _LONGEST_QUESTION:
        raise InputError(f"the question is longer than {_LONGEST_QUESTION} characters; ask it in fewer words")
    first_day, last_day, _ = store.days()
    lexicon = load_lexicon(parties)
    words = last_words(" ".join([text, *(turn.asked for turn in history[-1:])]))
    heard = tuple(store.parties())
    known = Known(
        outlets=tuple(store.outlets()),
        parties=lexicon,
        # "Britain and France" speaks, and is nobody a question about France asks for by name.
        people=tuple(name for name in store.speakers(words) if not lexicon.find(name)),
        first_day=first_day,
        last_day=last_day,
        heard=heard,
        setting=_setting(store, heard, lexicon),
    )
    return understand(text, known, history)


def _setting(store: Store, heard: Sequence[str], lexicon: PartyLexicon) -> str | None:
    """The country whose opposition is heard most in this library: "the rebels" of a question are there."""
    oppositions = [party for party in heard if party.endswith(_OPPOSITION)]
    most = store.most_heard(oppositions) if len(oppositions) > 1 else next(iter(oppositions), None)
    return lexicon.resolve(most.removesuffix(_OPPOSITION)) if most else None
