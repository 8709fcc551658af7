"""Small builders for articles, statements and claims, and the reader of the rows under tests/cases/."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.types import Article, Citation, Claim, Span, Statement, Verdict

CASES = Path(__file__).parent / "cases"


def read_rows(folder: str, kind: str) -> list[Any]:
    """The rows of tests/cases/FOLDER/KIND.jsonl as parameters of a test, named by how they begin."""
    lines = (CASES / folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [pytest.param(row, id=f"{n}-{_opening(row)}") for n, row in enumerate(rows)]


def _opening(row: dict[str, Any]) -> str:
    return str(row.get("text") or row["texts"][0]).replace("\n", " ")[:48]


def make_article(text: str, **fields: Any) -> Article:
    """An article of an invented outlet and day; `fields` replace any of the others."""
    return Article(
        text,
        **{
            "outlet": "Harbour Gazette",
            "published": "2021-03-04",
            "url": "https://gazette.example/1",
            **fields,
        },
    )


def make_statement(
    article: Article, content: str | Sequence[str], source: str = "", cue: str = "", **fields: Any
) -> Statement:
    """A statement of `article`; its spans are where these words first stand, all in one sentence.

    Without `fields` it is an indirect "say" by a speaker who is called as the source is written.
    """
    contents = [span_of(article, words) for words in ([content] if isinstance(content, str) else content)]
    beside = article.sentence_at(contents[0][0]).start
    named = bool(source)
    spans = {
        "source_spans": (span_of(article, source, beside),) if source else (),
        "cue_spans": (span_of(article, cue, beside),) if cue else (),
        "content_spans": tuple(contents),
    }
    said = {
        "kind": "indirect",
        "mention": source,
        "speaker": source or None,
        "status": "named" if named else "unnamed",
        "rule": "name without a side" if named else "no speaker in the text",
        "confidence": 0.9,
    }
    return Statement(**{"article": article, **spans, **said, **fields})


def span_of(article: Article, words: str, after: int = 0) -> Span:
    """Where `words` first stand in the article, from `after` on; they must be there."""
    start = article.text.index(words, after)
    return (start, start + len(words))


def make_claim(text: str, article: Article, sentences: Sequence[int] = (0,), **fields: Any) -> Claim:
    """A supported claim on sentences of `article`, given by number."""
    cited = [article.sentences[n] for n in sentences]
    return Claim(
        text=text,
        citations=tuple(Citation(article, s.start, s.end) for s in cited),
        **{"party": None, "speaker": None, "verdict": Verdict("supported", 1.0), **fields},
    )
