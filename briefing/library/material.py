"""What an answer is made from: passages near to the question, and articles in which those asked for speak.

Every search here is bounded: an answer costs as much in a library of a million sentences as in a small one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.checking.gate import is_loaded
from briefing.library.people import told_statements
from briefing.reading.embeddings import embed_query, embed_texts
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.evidence import weigh_evidence
from briefing.retrieval.matter import read_matter, text_keys
from briefing.retrieval.questions import Question
from briefing.retrieval.search import find_passages
from briefing.types import Article, Filters, Hit
from briefing.writing.answers import Material
from briefing.writing.candidates import REPORTED_WITHIN

if TYPE_CHECKING:
    from briefing.store import Store

TOPIC_PASSAGES = 100
_TOPIC_LAST = 10  # where none of so many is about the topic, reading 400 found no article more
_TOPIC_WORDS, _TOPIC_MEANING = 0.6, 0.55  # from which a passage is about the topic
_HEARD_PASSAGES = 40
_PASSAGES = 30  # found for an answer by the question as a whole
_NAMED_PASSAGES = 12  # found for it within each outlet that it names, and within its days
_MOST_NAMED = 4
_MOST_OF_DAYS = 150  # articles read for "what happened" in some days, the newest
_NEWEST = 24  # articles in which somebody spoke last, for a question that names no matter


@dataclass(frozen=True)
class Topic:
    """The ids of the articles about a topic, the nearest first. `is_cut`: there may be more."""

    articles: tuple[str, ...]
    is_cut: bool


def read_topic(store: Store, topic: Question, filters: Filters, lexicon: PartyLexicon) -> Topic:
    """The articles about a topic: those with a passage that holds most of its words, or is near to it in
    meaning. There may be more where the last of the passages read are about it too."""
    hits = find_passages(store, topic, TOPIC_PASSAGES, filters)
    matter = read_matter(topic, lexicon, store.frequencies, store.passage_count())
    near = store.vectors([hit.passage.id for hit in hits]) @ embed_query(topic.asked)
    is_about = [
        cosine >= _TOPIC_MEANING
        or matter.share(text_keys(f"{hit.article.title}\n{hit.passage.text}", lexicon)) >= _TOPIC_WORDS
        for hit, cosine in zip(hits, near.tolist(), strict=True)
    ]
    found = dict.fromkeys(hit.article.id for hit, about in zip(hits, is_about, strict=True) if about)
    return Topic(tuple(found), len(hits) >= TOPIC_PASSAGES and any(is_about[-_TOPIC_LAST:]))


def gather_material(store: Store, asked: Question, filters: Filters, lexicon: PartyLexicon) -> Material:
    """What the answer to `asked` may be made of."""
    hits = find_evidence(store, asked, filters)
    ids = dict.fromkeys([*(h.article.id for h in hits), *articles_heard(store, asked, filters)])
    statements = told_statements(store, list(ids))
    if filters.party is not None:
        statements = [s for s in statements if s.party == filters.party]
    return Material(
        hits=tuple(hits),
        statements=tuple(statements),
        lexicon=lexicon,
        is_loaded=is_loaded,
        evidence=weigh_evidence(store, asked, hits, lexicon),
        matter=read_matter(asked, lexicon, store.frequencies, store.passage_count()),
        party=filters.party,
    )


def gather_day(
    store: Store, asked: Question, filters: Filters, material: Material
) -> tuple[list[Article], Material]:
    """The newest articles of the days asked about, and the material with their statements."""
    days = within_days(asked, filters, dt.timedelta(0))
    articles = store.articles(ids=store.newest(days, _MOST_OF_DAYS))
    statements = tuple(told_statements(store, [article.id for article in articles]))
    return articles, replace(material, statements=statements)


def nearness(query: str, texts: Sequence[str]) -> Sequence[float]:
    """Cosine of texts to a query, by the embedder the library was made with."""
    cosines: list[float] = (embed_texts(texts) @ embed_query(query)).tolist() if texts else []
    return cosines


def find_evidence(store: Store, asked: Question, filters: Filters) -> list[Hit]:
    """The passages an answer is made from: the nearest ones, and the nearest of what the question names."""
    found = find_passages(store, asked, _PASSAGES, filters)
    whole = replace(asked, parts=())
    narrower = []
    if asked.since is not None or asked.until is not None:
        narrower.append(within_days(asked, filters))
    if filters.outlet is None:
        narrower += [replace(f, outlet=o) for f in narrower or [filters] for o in asked.outlets[:_MOST_NAMED]]
    for one in narrower:
        held = {hit.passage.id for hit in found}
        found += [h for h in find_passages(store, whole, _NAMED_PASSAGES, one) if h.passage.id not in held]
    return found


def within_days(asked: Question, filters: Filters, later: dt.timedelta = REPORTED_WITHIN) -> Filters:
    """The filters, and the days that the question names with those on which they are reported."""
    until = asked.until and min(asked.until, dt.date.max - later) + later
    return replace(
        filters,
        since=max((day for day in (asked.since, filters.since) if day), default=None),
        until=min((day for day in (until, filters.until) if day), default=None),
    )


def articles_heard(store: Store, asked: Question, filters: Filters) -> list[str]:
    """The ids of the articles in which those whose word is asked for speak: of something near to the
    question, and last."""
    wanted = [replace(filters, party=party) for party in asked.voice_parties[:_MOST_NAMED]]
    wanted += [replace(filters, speakers=asked.voice_people)] if asked.voice_people else []
    whole = replace(asked, parts=())
    found: dict[str, None] = {}
    for spoken in wanted:
        hits = find_passages(store, whole, _HEARD_PASSAGES, spoken)
        found |= dict.fromkeys(hit.article.id for hit in hits)
        found |= dict.fromkeys(store.newest(spoken, _NEWEST))
    return list(found)
