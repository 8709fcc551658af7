"""Small entries for the tests of the store: invented articles, random vectors of eight dimensions."""

from __future__ import annotations

import numpy as np

from briefing.store import Entry
from briefing.types import Article, Passage, Statement

EMBEDDER, DIMENSIONS = "random-8", 8


def entry(number: int, day: str | None = "2021-03-04", outlet: str = "Northern Post") -> Entry:
    """The entry of article `number`: three sentences, each a passage, and one statement."""
    text = (
        f"The harbour council met {number} delegates on Monday. "
        f"“We will open pier {number},” chairwoman Ada Nilsson said.\n"
        "Fishermen from two villages had asked for it."
    )
    article = Article(text, f"Pier {number} to open", outlet, day, f"https://news.example/{number}")
    passages = tuple(Passage(article, s.start, s.end) for s in article.sentences)
    rows = np.random.default_rng(number).normal(size=(len(passages), DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Entry(article, (statement(article),), passages, rows)


def statement(article: Article, party: str | None = "Harbour Council") -> Statement:
    """Who said that the pier will open, with every field filled."""
    quotation, speaker = article.text.index("“We"), article.text.index("chairwoman")
    said = article.text.index("said", speaker)
    return Statement(
        article=article,
        source_spans=((speaker, said - 1),),
        cue_spans=((said, said + 4),),
        content_spans=((quotation + 1, quotation + 8), (quotation + 9, speaker - 3)),
        kind="direct",
        mention="chairwoman Ada Nilsson",
        speaker="Ada Nilsson",
        party=party,
        affiliation="harbour council",
        status="named",
        rule="name beside the cue",
        confidence=0.1 + 0.2,
        act="promise",
    )
