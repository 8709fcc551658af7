"""He, she, they and there in a follow-up, as whom or where the question before it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.retrieval.naming import find_names
from briefing.types import Span

Actors = Callable[[str], Sequence[tuple[Span, str]]]  # the sides and people that a text names

SOMEBODY = re.compile(r"\b(?:he|she|they|him|her|them|his|their)\b", re.IGNORECASE)
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|be|been|any|has|have|will)\b)", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|near|on|around|from) (?:the )?$", re.IGNORECASE)
_POSSESSIVE = frozenset(("his", "their"))
# What follows the "her" of "Who met her in Berlin?"; before anything else it is that of "her reaction".
_HER_ALONE = re.compile(
    r"\s*(?:$|[^\w\s]|(?:in|on|at|about|to|for|from|with|without|by|of|off|as|after|before|during|since|until|over|"
    r"against|near|into|and|or|but|that|when|while|if|because|again|yesterday|today|too|there|then|so|not|the|an?|"
    r"this|these|those|any|what|which|who|whom|how|why|where|whether|was|were|is|had|has|did|does)\b)",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"\b(?:Le|La|De|Al|El|Van|Von|Bin|Ben|Abu) $")


def name_somebody(question: str, previous: str, actors: Actors) -> str:
    """The first "he", "she" or "they" as the one named in the question before, if just one is named there."""
    pronoun = SOMEBODY.search(question)
    named = {name: span for span, name in reversed(actors(previous))}
    pointed = re.search(r"\bit\b", question, re.IGNORECASE)  # two that point back: neither is sure
    if not pronoun or pointed or len(named) != 1 or actors(question[: pronoun.start()]):
        return question
    start, end = with_article(previous, next(iter(named.values())))
    name = previous[start:end]
    word = pronoun.group().lower()
    if word in _POSSESSIVE or (word == "her" and not _HER_ALONE.match(question, pronoun.end())):
        name += "'s"
    return question[: pronoun.start()] + name + question[pronoun.end() :]


def name_place(question: str, previous: str) -> str:
    """ "There" as the last place that the question before names."""
    there = _THERE.search(question)
    places = [name for name in find_names(previous) if _PLACE.search(previous[: name.start])]
    if there is None or not places:
        return question
    before = _PLACE.search(previous[: places[-1].start])
    place = previous[before.start() if before else 0 : places[-1].end]
    return question[: there.start()] + place + question[there.end() :]


def with_article(text: str, span: Span) -> Span:
    """The span of a name with "the" or a particle ("Le Drian") that stands before it."""
    start, end = span
    if particle := _PARTICLE.search(text[:start]):
        start = particle.start()
    return (start - 4 if text[max(0, start - 4) : start].lower() == "the " else start), end
