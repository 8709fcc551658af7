"""A draft: one written sentence with its receipts, before the verifier has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.types import Article, Citation, Sentence, Statement


@dataclass(frozen=True)
class Draft:
    """`plain` is the wording that takes its place if the verifier rejects `text`: the source's own words.

    `unknown` are numbers that a model cited and was not given for this heading.
    """

    text: str
    citations: tuple[Citation, ...]
    party: str | None = None
    speaker: str | None = None
    statements: tuple[Statement, ...] = ()
    plain: str = ""
    notes: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()


def cite(article: Article, sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
    """One receipt for each sentence."""
    return tuple(Citation(article, s.start, s.end) for s in sentences)


def in_plain_words(draft: Draft) -> Draft | None:
    """The source's sentence in place of our wording, or None where the draft has no other."""
    if not draft.plain or draft.plain == draft.text:
        return None
    return replace(draft, text=draft.plain, plain="")
