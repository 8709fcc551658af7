"""What the selector learns from: questions that we wrote on articles of two corpora, with their answers.

`training/data/questions.jsonl` holds our questions and, by number, the sentences that answer them in the
article they were written on (`right`; none where nothing answers) and among those that the search finds in
other articles (`elsewhere`, judged one by one). The articles are read where they lie. Questions on articles
kept apart (apart.py) are not learned from: the selector is measured on them, and training.relevance weighs
its marks there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import briefing
from briefing.types import Article
from briefing.writing.selection import Reading, encode_stretch, find_sources, split_stretches

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
UNKNOWN = -1.0


@dataclass(frozen=True)
class Lesson:
    """A stretch read with a question, and for each sentence scored 1, 0, or -1 where nobody judged."""

    reading: Reading
    answers: tuple[float, ...]


@dataclass(frozen=True)
class Corpus:
    """Articles as they lie in a corpus, and of each its sentences' speakers."""

    articles: Sequence[Article]
    sources: Mapping[str, Mapping[int, str]]


def read_corpus(path: Path) -> Corpus:
    """Read the articles and find who says what in them."""
    articles = briefing.read_articles([path])
    sources = {a.id: find_sources(briefing.find_statements(a)).get(a.id, {}) for a in articles}
    return Corpus(articles, sources)


def read_rows(path: Path = QUESTIONS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def lessons_of(row: Mapping[str, Any], corpus: Corpus) -> Iterator[Lesson]:
    """Every stretch of the question's own article, and those of others that hold a judged sentence."""
    for number, judged in {str(row["article"]): row, **row.get("elsewhere", {})}.items():
        article = corpus.articles[int(number)]
        otherwise = 0.0 if judged is row else UNKNOWN
        known = dict.fromkeys(judged.get("wrong", ()), 0.0) | dict.fromkeys(judged.get("right", ()), 1.0)
        for stretch in split_stretches(article):
            answers = tuple(known.get(index, otherwise) for index in range(stretch.first, stretch.last))
            if max(answers) > UNKNOWN:
                sources = corpus.sources.get(article.id, {})
                yield Lesson(encode_stretch(row["question"], article, stretch, sources), answers)
