"""Articles about a topic, and what an answer about somebody is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.retrieval.questions import Question
from briefing.retrieval.search import find_passages
from briefing.types import Filters

if TYPE_CHECKING:
    from briefing.store import Store

_TOPIC_PASSAGES = 100
_NEAR_BEST = 0.5  # share of the best passage's score from which an article is about the topic
_HEARD_PASSAGES = 40
_NEWEST = 24  # articles in which somebody spoke last, for a question that names no matter


def articles_on(store: Store, topic: Question, filters: Filters) -> tuple[str, ...]:
    """The ids of the articles about a topic, the nearest first."""
    hits = find_passages(store, topic, _TOPIC_PASSAGES, filters)
    best = hits[0].score if hits else 0.0
    return tuple(dict.fromkeys(h.article.id for h in hits if h.score >= _NEAR_BEST * best))


def articles_heard(store: Store, asked: Question, filters: Filters) -> list[str]:
    """The ids of the articles in which the parties and people asked about speak: where they speak of
    something near to the question, and where they spoke last."""
    wanted = [replace(filters, party=party) for party in asked.parties]
    wanted += [replace(filters, speakers=(person,)) for person in asked.people]
    whole = replace(asked, parts=())
    found: dict[str, None] = {}
    for spoken in wanted:
        hits = find_passages(store, whole, _HEARD_PASSAGES, spoken)
        found |= dict.fromkeys(hit.article.id for hit in hits)
        found |= dict.fromkeys(store.newest(spoken, _NEWEST))
    return list(found)
