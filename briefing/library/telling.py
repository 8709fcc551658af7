"""Whether a line that passed tells what a draft tells, so that the draft need not be told again."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.checking.coverage import asked_words
from briefing.reading.words import find_words
from briefing.types import Citation, Claim
from briefing.writing.drafts import Draft

_ENOUGH = 0.5  # share of the words that a draft has for itself


def tells(claim: Claim, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether `claim` bears the speaker and the words of `draft`, one of the `drafts` of its heading.

    A line that passed tells the only draft whose sentences it cites, however it is worded. Where it cites
    sentences of several it tells those whose speaker it names and whose own words it has; it need not have
    many of the one that it is nearest to.
    """
    cited = _keys(claim.citations)
    touched = [d for d in drafts if cited & _keys(d.citations)]
    if not cited & _keys(draft.citations):
        return False
    if len(touched) == 1 or claim.text in (draft.text, draft.plain):
        return True
    if not _bears_speaker(claim, draft, touched):
        return False
    share = _share(claim, draft, touched)
    nearest = max(_share(claim, d, touched) for d in touched)
    return share > 0 and share >= min(_ENOUGH, nearest)


def _keys(citations: Sequence[Citation]) -> set[tuple[str, int, int]]:
    return {citation.key for citation in citations}


def _bears_speaker(claim: Claim, draft: Draft, touched: Sequence[Draft]) -> bool:
    if draft.speaker is None:
        return True
    if claim.speaker is not None:
        return claim.speaker == draft.speaker
    others = [d.speaker for d in touched if d.speaker and d.speaker != draft.speaker]
    own = _stems(draft.speaker) - _stems(" ".join(others))
    return not own or not own.isdisjoint(_stems(claim.text))


def _share(claim: Claim, draft: Draft, touched: Sequence[Draft]) -> float:
    """The share of the draft's words that the claim has: of those that no other has, if there are any."""
    words = _said(draft)
    own = words.difference(*(_said(d) for d in touched if d is not draft)) or words
    return len(own & _stems(claim.text)) / len(own) if own else 1.0


def _said(draft: Draft) -> frozenset[str]:
    """What the draft says, without the name of who says it."""
    return _stems(draft.text) - _stems(draft.speaker or "")


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in asked_words(find_words(text)))
