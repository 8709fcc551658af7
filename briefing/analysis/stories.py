"""Stories: articles on one event, told from articles on a similar one by their words, names and word pairs.

TF-IDF cosine (Salton & Buckley 1988) over stems and pairs of neighbouring stems, and average-link clustering:
two groups join while their articles are alike on average, so that one borderline article cannot chain two
events together.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.reading.words import split_words, stopwords
from briefing.types import Article, Story

# Tuned on the 44 events of the even topics of ECB+ (B-cubed F1 0.929), checked on its odd topics (0.900);
# without the word pairs it is 0.916, and vectors of the reader model added nothing.
_ALIKE = 0.12
_NAME = 2.0  # a name or a number tells an event better than a verb
_LEAD = 2.0  # and so do the first words of a report
_LEAD_WORDS = 100
# Added to the number of articles, so that words keep a weight in a handful of articles.
_PRIOR_ARTICLES = 50
_FAINT = 0.03  # likeness that no longer counts
_MOST_SHARED = 500  # articles that a term may stand in and still help to tell events apart
# Two weeks between two reports halve their likeness. Set by hand: the corpus has no days.
_HALF_LIFE = 14.0
_PLAIN = frozenset("say not no may would could will can after before".split())

_Likeness = dict[int, float]


def group_stories(articles: Sequence[Article]) -> list[Story]:
    """Every article once, in the story it belongs to; the largest story first, each oldest article first.

    A story may hold one article. Deterministic; time grows with the number of articles times the number that
    share words with one of them (1,000 articles take about three seconds).
    """
    neighbours = _neighbours(articles)
    groups = _link([dict(near) for near in neighbours])
    stories = [
        _story([articles[i] for i in group], _headline(group, articles, neighbours)) for group in groups
    ]
    return sorted(stories, key=lambda story: (-len(story.articles), *map(_order, story.articles)))


def _story(articles: list[Article], title: str) -> Story:
    return Story(tuple(sorted(articles, key=_order)), title)


def _order(article: Article) -> tuple[str, str, str]:
    # An article without a date comes last: "~" sorts after every digit.
    return (article.published_iso or "~", article.outlet, article.id)


def _headline(group: Sequence[int], articles: Sequence[Article], neighbours: Sequence[_Likeness]) -> str:
    """The headline of the article most like the rest of its story, among those that have one."""
    members = set(group)
    titled = [i for i in group if articles[i].title]
    best = min(
        titled,
        key=lambda i: (-sum(s for j, s in neighbours[i].items() if j in members), _order(articles[i])),
        default=None,
    )
    return "" if best is None else articles[best].title


def _terms(article: Article) -> dict[str, float]:
    """Weighted counts of the stems, and of the pairs of neighbouring stems, of headline and text."""
    plain = stopwords() | _PLAIN
    counts: defaultdict[str, float] = defaultdict(float)
    previous = ""
    read = 0
    for word in split_words(f"{article.title}\n{article.text}"):
        if word.folded in plain or len(word.folded) < 2:
            previous = ""
            continue
        read += 1
        lead = _LEAD if read <= _LEAD_WORDS else 1.0
        telling = (word.capital and not word.opens) or word.folded[0].isdigit()
        counts[word.stem] += lead * (_NAME if telling else 1.0)
        if previous:
            counts[f"{previous} {word.stem}"] += lead
        previous = word.stem
    return counts


@dataclass(frozen=True)
class _Posting:
    """The articles that hold one term, and its weight in each."""

    articles: np.ndarray[tuple[int], np.dtype[np.int64]]
    weights: np.ndarray[tuple[int], np.dtype[np.float64]]


def _neighbours(articles: Sequence[Article]) -> list[_Likeness]:
    """For each article those that are like it (index -> likeness), by the words they share."""
    vectors = _weigh([_terms(article) for article in articles])
    index = _index(vectors)
    neighbours: list[_Likeness] = [{} for _ in articles]
    for i, vector in enumerate(vectors):
        terms = [term for term in vector if term in index]
        if not terms:
            continue
        found = np.concatenate([index[term].articles for term in terms])
        parts = np.concatenate([index[term].weights * vector[term] for term in terms])
        likeness = np.bincount(found, weights=parts, minlength=len(articles))
        for j in np.flatnonzero(likeness > _FAINT).tolist():
            near = float(likeness[j]) * _nearness(articles[i], articles[j])
            if j > i and near > _FAINT:
                neighbours[i][j] = neighbours[j][i] = near
    return neighbours


def _weigh(counts: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Unit vectors of (1 + log count) times smoothed inverse document frequency."""
    frequency = Counter(term for count in counts for term in count)
    total = len(counts) + _PRIOR_ARTICLES
    vectors = []
    for count in counts:
        vector = {
            term: (1.0 + math.log(n)) * math.log(1.0 + total / (frequency[term] + 1))
            for term, n in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({term: weight / length for term, weight in vector.items()})
    return vectors


def _index(vectors: Sequence[dict[str, float]]) -> dict[str, _Posting]:
    """Term -> where it stands, for terms of two articles or more; those of very many tell nothing apart."""
    most = min(_MOST_SHARED, max(10, len(vectors) // 4))
    held: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for term, weight in vector.items():
            held[term].append((i, weight))
    return {
        term: _Posting(np.array([i for i, _ in places]), np.array([weight for _, weight in places]))
        for term, places in held.items()
        if 2 <= len(places) <= most
    }


def _nearness(one: Article, other: Article) -> float:
    """1 for reports of one day, less the more days lie between; 1 where a day is not known."""
    if one.day is None or other.day is None:
        return 1.0
    return float(0.5 ** (abs((one.day - other.day).days) / _HALF_LIFE))


def _link(likeness: list[_Likeness]) -> list[list[int]]:
    """Average-link clustering: join the two groups most alike on average, while they are alike enough.

    `likeness` is used up: it turns into the summed likeness between groups.
    """
    groups = {i: [i] for i in range(len(likeness))}
    version = [0] * len(likeness)
    queue = [
        (-s, i, j, 0, 0) for i, near in enumerate(likeness) for j, s in near.items() if i < j and s >= _ALIKE
    ]
    heapq.heapify(queue)
    while queue:
        _, i, j, seen_i, seen_j = heapq.heappop(queue)
        if i not in groups or j not in groups or (version[i], version[j]) != (seen_i, seen_j):
            continue
        groups[i] += groups.pop(j)
        version[i] += 1
        for k, summed in likeness[j].items():
            likeness[k].pop(j)
            if k != i:
                likeness[i][k] = likeness[k][i] = likeness[i].get(k, 0.0) + summed
        for k in sorted(likeness[i]):
            mean = likeness[i][k] / (len(groups[i]) * len(groups[k]))
            if mean >= _ALIKE:
                a, b = min(i, k), max(i, k)
                heapq.heappush(queue, (-mean, a, b, version[a], version[b]))
    return list(groups.values())
