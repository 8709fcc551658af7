"""A library held in lists: what the search needs of a store, with the real embedder and no index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.reading.embeddings import DIMENSIONS, passage_vectors
from briefing.reading.passages import split_passages
from briefing.types import NO_FILTERS, Article, Filters, Passage, Statement


class ListStore:
    """Ranks by exact cosine, and by the number of shared words."""

    def __init__(self, articles: Sequence[Article], statements: Sequence[Statement] = ()) -> None:
        self._articles = list(articles)
        self._statements = list(statements)
        self._passages = {p.id: p for article in articles for p in split_passages(article)}
        rows = [passage_vectors(article, split_passages(article)) for article in articles]
        matrix = np.vstack([np.zeros((0, DIMENSIONS), np.float32), *rows])
        self._vectors = dict(zip(self._passages, matrix, strict=True))

    def nearest(
        self, vector: NDArray[np.float32], k: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[str, float]]:
        scored = [(key, float(self._vectors[key] @ vector)) for key in self.passing(self._passages, filters)]
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]

    def matching(self, words: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        wanted = set(re.findall(r"\w{3,}", words.lower()))
        scored = []
        for passage in self.passages(self.passing(self._passages, filters)):
            held = set(re.findall(r"\w{3,}", f"{passage.article.title} {passage.text}".lower()))
            if shared := len(wanted & held):
                scored.append((passage.id, float(shared)))
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        return [self._passages[i] for i in ids if i in self._passages]

    def outlines(self, ids: Iterable[str]) -> list[Passage]:
        return self.passages(ids)

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vectors[i] for i in passage_ids], np.float32).reshape(-1, DIMENSIONS)

    def passing(self, passage_ids: Iterable[str], filters: Filters) -> list[str]:
        return [
            p.id
            for p in self.passages(passage_ids)
            if _admits(filters, p.article) and self._holds(p, filters)
        ]

    def _holds(self, passage: Passage, filters: Filters) -> bool:
        if filters.party is None and not filters.speakers:
            return True
        return any(
            (filters.party is None or s.party == filters.party)
            and (not filters.speakers or s.speaker in filters.speakers)
            and any(a < passage.end and passage.start < b for a, b in s.content_spans)
            for s in self._statements
            if s.article.id == passage.article.id
        )


def _admits(filters: Filters, article: Article) -> bool:
    if filters.outlet not in (None, article.outlet):
        return False
    if filters.articles is not None and article.id not in filters.articles:
        return False
    if filters.since is None and filters.until is None:
        return True
    day = article.day
    return day is not None and (filters.since or day) <= day <= (filters.until or day)
