"""A library held in lists: what the search needs of a store, with the real embedder and no index."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.reading.embeddings import DIMENSIONS, passage_vectors
from briefing.reading.passages import split_passages
from briefing.types import Article, Passage, Statement


class ListStore:
    """Ranks by exact cosine, and by the number of shared words. `asked` keeps the names of calls."""

    def __init__(self, articles: Sequence[Article], statements: Sequence[Statement] = ()) -> None:
        self._articles = list(articles)
        self._statements = list(statements)
        self._passages = {p.id: p for article in articles for p in split_passages(article)}
        rows = [passage_vectors(article, split_passages(article)) for article in articles]
        matrix = np.vstack([np.zeros((0, DIMENSIONS), np.float32), *rows])
        self._vectors = dict(zip(self._passages, matrix, strict=True))
        self.asked: list[str] = []

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        scored = [(key, float(row @ vector)) for key, row in self._vectors.items()]
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]

    def matching(self, words: str, k: int) -> list[tuple[str, float]]:
        wanted = set(re.findall(r"\w{3,}", words.lower()))
        scored = []
        for key, passage in self._passages.items():
            held = set(re.findall(r"\w{3,}", f"{passage.article.title} {passage.text}".lower()))
            if shared := len(wanted & held):
                scored.append((key, float(shared)))
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        return [self._passages[i] for i in ids if i in self._passages]

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vectors[i] for i in passage_ids], np.float32).reshape(-1, DIMENSIONS)

    def passage_ids(self, article_ids: Sequence[str]) -> list[str]:
        return [key for i in article_ids for key, p in self._passages.items() if p.article.id == i]

    def articles(
        self, *, since: dt.date | None = None, until: dt.date | None = None, outlet: str | None = None
    ) -> list[Article]:
        self.asked.append("articles")
        found = [a for a in self._articles if outlet is None or a.outlet == outlet]
        if since or until:
            found = [a for a in found if a.day and (since or a.day) <= a.day <= (until or a.day)]
        return found

    def statements(
        self, article_ids: Sequence[str] | None = None, party: str | None = None
    ) -> list[Statement]:
        return [
            s
            for s in self._statements
            if (article_ids is None or s.article.id in article_ids) and (party is None or s.party == party)
        ]
