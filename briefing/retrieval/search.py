"""Passages for a question: meaning and words fused, then ranked again with what only we know of the news.

The question and each of its clauses are searched for. A clause counts by itself, so that a passage which
answers one half of "what did Moscow say of A, and Kyiv of B" is not beaten by one that is near to both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from briefing.reading.embeddings import embed_texts
from briefing.retrieval.fusion import fuse_ranks
from briefing.retrieval.questions import Question
from briefing.retrieval.ranking import rank_again
from briefing.types import Article, Hit, Passage, Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Scored = Sequence[tuple[str, float]]

_FETCHED = 100  # of each ranking; twice as many found no more
_FETCHED_TO_FILTER = 400  # 15 ms of 100,000 passages
_REACH = 1000  # of the ranking by words, for chosen passages: those farther down are found by meaning alone
_POOL = 150  # passages that are ranked again
_MOST_NAMED = 4  # outlets that are searched by themselves when the first results hold none of theirs


class PassageStore(Protocol):
    """What the search needs of a library. All lists of scored ids are best first."""

    def nearest(self, vector: NDArray[np.float32], k: int) -> Scored: ...
    def matching(self, words: str, k: int) -> Scored: ...
    def passages(self, ids: Sequence[str]) -> Sequence[Passage]: ...
    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]: ...
    def passage_ids(self, article_ids: Sequence[str]) -> Sequence[str]: ...
    def articles(
        self, *, since: dt.date | None = None, until: dt.date | None = None, outlet: str | None = None
    ) -> Sequence[Article]: ...
    def statements(
        self, article_ids: Sequence[str] | None = None, party: str | None = None
    ) -> Sequence[Statement]: ...


@dataclass(frozen=True)
class Filters:
    """What a passage must be: of this outlet, published in these days (both included), with a statement
    for this party. An article without a date is in no range of days."""

    party: str | None = None
    outlet: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def admit(self, article: Article) -> bool:
        """Whether the article passes, its statements apart."""
        if self.outlet is not None and article.outlet != self.outlet:
            return False
        if self.since is None and self.until is None:
            return True
        day = article.day
        return day is not None and (self.since or day) <= day <= (self.until or day)


def find_passages(
    store: PassageStore, question: Question, k: int = 10, filters: Filters | None = None
) -> list[Hit]:
    """The k best passages, best first; fewer where fewer match. Raises ModelFileError.

    A hit's score only compares hits of one search. Each outlet and each party that the question names has
    a place among the first hits, where the library has anything from it.
    """
    filters = filters or Filters()
    parts = (question.whole, *question.parts)
    words = (question.search_words, *(part.words for part in question.parts))
    wanted = list(zip(embed_texts([part.text for part in parts]), words, strict=True))
    fetched = _FETCHED if filters == Filters() else _FETCHED_TO_FILTER
    scores = [_fused(store, *one, fetched) for one in wanted]
    pool = _filtered(store, _best(scores), filters)
    if len(pool) < 5 * k and filters != Filters():
        chosen = _chosen(store, filters)
        scores = [_fused_within(store, *one, chosen) for one in wanted]
        pool = list(store.passages(_best(scores)[:_POOL]))
    for outlet in _unheard_outlets(question, filters, pool):
        more = _fused_within(store, *wanted[0], _chosen(store, replace(filters, outlet=outlet)))
        scores[0] |= more
        pool += store.passages(_best([more])[:k])
    return rank_again(question, pool, scores, _credited(store, question, pool), k)


def _fused(store: PassageStore, vector: NDArray[np.float32], words: str, k: int) -> dict[str, float]:
    near, match = store.nearest(vector, k), store.matching(words, k)
    return fuse_ranks([[i for i, _ in near], [i for i, _ in match]])


def _fused_within(
    store: PassageStore, vector: NDArray[np.float32], words: str, chosen: Sequence[str]
) -> dict[str, float]:
    """The same over chosen passages only: exact cosines, and BM25 as far as it reaches."""
    cosines = store.vectors(chosen) @ vector
    near = sorted(zip(chosen, cosines.tolist(), strict=True), key=lambda pair: (-round(pair[1], 6), pair[0]))
    members = set(chosen)
    match = [i for i, _ in store.matching(words, _REACH) if i in members]
    return fuse_ranks([[i for i, _ in near[:_FETCHED]], match[:_FETCHED]])


def _best(scores: Sequence[dict[str, float]]) -> list[str]:
    total = {i: max(part.get(i, 0.0) for part in scores) for part in scores for i in part}
    return sorted(total, key=lambda i: (-total[i], i))


def _filtered(store: PassageStore, ids: Sequence[str], filters: Filters) -> list[Passage]:
    if filters == Filters():
        return list(store.passages(ids[:_POOL]))
    found = [p for p in store.passages(ids) if filters.admit(p.article)]
    if filters.party is not None:
        found = _spoken_by(store, filters.party, found)
    return found[:_POOL]


def _chosen(store: PassageStore, filters: Filters) -> list[str]:
    """The ids of every passage that passes, from the catalog."""
    articles: list[str] | None = None
    if filters != Filters(party=filters.party):
        found = store.articles(since=filters.since, until=filters.until, outlet=filters.outlet)
        articles = [article.id for article in found]
    if filters.party is None:
        return list(store.passage_ids(articles or []))
    statements = store.statements(articles, filters.party)
    heard = list(dict.fromkeys(statement.article.id for statement in statements))
    return [p.id for p in filter(_holding(statements), store.passages(store.passage_ids(heard)))]


def _spoken_by(store: PassageStore, party: str, passages: Sequence[Passage]) -> list[Passage]:
    articles = list(dict.fromkeys(p.article.id for p in passages))
    return list(filter(_holding(store.statements(articles, party)), passages))


def _credited(store: PassageStore, question: Question, pool: Sequence[Passage]) -> dict[str, set[str]]:
    """For each passage id, the named parties and people that are credited with a statement in it."""
    articles = list(dict.fromkeys(p.article.id for p in pool))
    credited: dict[str, set[str]] = {}
    for party in question.parties:
        holds = _holding(store.statements(articles, party))
        for passage in filter(holds, pool):
            credited.setdefault(passage.id, set()).add(party)
    if question.people:
        statements = store.statements(articles)
        for person in question.people:
            holds = _holding(s for s in statements if s.speaker == person)
            for passage in filter(holds, pool):
                credited.setdefault(passage.id, set()).add(person)
    return credited


def _holding(statements: Iterable[Statement]) -> Callable[[Passage], bool]:
    """Whether a passage shares a character with the content of any of the statements."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for statement in statements:
        spans.setdefault(statement.article.id, []).extend(statement.content_spans)

    def holds(passage: Passage) -> bool:
        return any(a < passage.end and passage.start < b for a, b in spans.get(passage.article.id, ()))

    return holds


def _unheard_outlets(question: Question, filters: Filters, pool: Sequence[Passage]) -> list[str]:
    """Outlets that the question names, when nothing from them (or one that shares their name) was found."""
    if filters.outlet is not None:
        return []
    heard = {passage.article.outlet for passage in pool}
    silent = [names for names in question.whole.outlets if not heard & set(names)]
    return [name for names in silent for name in names][:_MOST_NAMED]
