"""Passages for a question: meaning and words fused, then ranked again with what only we know of the news.

The question and each of its clauses are searched for. A clause counts by itself, so that a passage which
answers one half of "what did Moscow say of A, and Kyiv of B" is not beaten by one that is near to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from briefing.reading.embeddings import embed_texts
from briefing.retrieval.fusion import fuse_ranks
from briefing.retrieval.questions import Question
from briefing.retrieval.ranking import rank_again
from briefing.types import NO_FILTERS, Filters, Hit, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Scored = Sequence[tuple[str, float]]

_FETCHED = 100  # of each ranking; twice as many found no more
_POOL = 150  # passages that are ranked again
_MOST_NAMED = 4  # outlets that are searched by themselves when the first results hold none; people looked for


class PassageStore(Protocol):
    """What the search needs of a library. All lists of scored ids are best first."""

    def nearest(self, vector: NDArray[np.float32], k: int, filters: Filters) -> Scored: ...
    def matching(self, words: str, k: int, filters: Filters) -> Scored: ...
    def passing(self, passage_ids: Sequence[str], filters: Filters) -> Sequence[str]: ...
    def outlines(self, ids: Sequence[str]) -> Sequence[Passage]: ...
    def passages(self, ids: Sequence[str]) -> Sequence[Passage]: ...
    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]: ...


def find_passages(
    store: PassageStore, question: Question, k: int = 10, filters: Filters = NO_FILTERS
) -> list[Hit]:
    """The k best passages, best first; fewer where fewer match. Raises ModelFileError.

    A hit's score only compares hits of one search. Each outlet and each party that the question names has
    a place among the first hits, where the library has anything from it.
    """
    parts = (question.whole, *question.parts)
    words = (question.search_words, *(part.words for part in question.parts))
    wanted = list(zip(embed_texts([part.text for part in parts]), words, strict=True))
    scores = [_fused(store, *one, filters) for one in wanted]
    pool = list(store.outlines(_best(scores)[:_POOL]))
    for outlet in _unheard_outlets(question, filters, pool):
        more = _fused(store, *wanted[0], replace(filters, outlet=outlet))
        scores[0] |= more
        pool += store.outlines(_best([more])[:k])
    ranked = rank_again(question, pool, scores, _credited(store, question, pool), k)
    whole = {passage.id: passage for passage in store.passages([hit.passage.id for hit in ranked])}
    # An article that was removed meanwhile is no hit any more.
    return [Hit(whole[hit.passage.id], hit.score) for hit in ranked if hit.passage.id in whole]


def _fused(
    store: PassageStore, vector: NDArray[np.float32], words: str, filters: Filters
) -> dict[str, float]:
    near, match = store.nearest(vector, _FETCHED, filters), store.matching(words, _FETCHED, filters)
    return fuse_ranks([[i for i, _ in near], [i for i, _ in match]])


def _best(scores: Sequence[dict[str, float]]) -> list[str]:
    total = {i: max(part.get(i, 0.0) for part in scores) for part in scores for i in part}
    return sorted(total, key=lambda i: (-total[i], i))


def _credited(store: PassageStore, question: Question, pool: Sequence[Passage]) -> dict[str, set[str]]:
    """For each passage id, the named parties and people that are credited with a statement in it."""
    ids = [passage.id for passage in pool]
    wanted = {party: Filters(party=party) for party in question.parties}
    wanted |= {person: Filters(speakers=(person,)) for person in question.people[:_MOST_NAMED]}
    credited: dict[str, set[str]] = {}
    for name, filters in wanted.items():
        for passage in store.passing(ids, filters):
            credited.setdefault(passage, set()).add(name)
    return credited


def _unheard_outlets(question: Question, filters: Filters, pool: Sequence[Passage]) -> list[str]:
    """Outlets that the question names, when nothing from them (or one that shares their name) was found."""
    if filters.outlet is not None:
        return []
    heard = {passage.article.outlet for passage in pool}
    silent = [names for names in question.whole.outlets if not heard & set(names)]
    return [name for names in silent for name in names][:_MOST_NAMED]
