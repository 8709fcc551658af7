"""Dataclasses to rows of the catalog and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from briefing.store.fingerprints import fingerprint
from briefing.types import Article, Sentence, Span, Statement

if TYPE_CHECKING:
    from briefing.store.store import Entry

Values = dict[str, Any]
_FLOAT16 = np.dtype("<f2")
# What a statement within another does not keep.
_OWN_ROW_ONLY = ("article_id", "start", "content_start", "content_end", "nested")
# The columns of a statement that are kept as they are.
_PLAIN = (
    "kind",
    "mention",
    "speaker",
    "party",
    "affiliation",
    "status",
    "rule",
    "confidence",
    "act",
    "stance",
)


def article_values(article: Article) -> Values:
    """The row of `articles`."""
    return {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published_iso,
        "day": article.day.isoformat() if article.day else None,
        "url": article.url,
        "fingerprint": fingerprint(article.text),
    }


def sentence_values(article: Article) -> list[Values]:
    """The rows of `sentences`."""
    return [
        {
            "article_id": article.id,
            "number": s.index,
            "start": s.start,
            "end": s.end,
            "paragraph": s.paragraph,
        }
        for s in article.sentences
    ]


def statement_values(statement: Statement, article_id: str) -> Values:
    """The row of `statements`."""
    spans = (*statement.source_spans, *statement.cue_spans, *statement.content_spans)
    return {
        "article_id": article_id,
        "start": min((int(start) for start, _ in spans), default=0),
        "content_start": min((int(start) for start, _ in statement.content_spans), default=0),
        "content_end": max((int(end) for _, end in statement.content_spans), default=0),
        "source_spans": _spans_text(statement.source_spans),
        "cue_spans": _spans_text(statement.cue_spans),
        "content_spans": _spans_text(statement.content_spans),
        **{name: getattr(statement, name) for name in _PLAIN},
        "confidence": float(statement.confidence),
        "nested": json.dumps([_nested_values(inner) for inner in statement.nested], ensure_ascii=False),
    }


def _nested_values(statement: Statement) -> Values:
    """A statement within another as JSON: the columns of its row that are its own."""
    values = statement_values(statement, "")
    return {name: value for name, value in values.items() if name not in _OWN_ROW_ONLY}


def passage_values(entry: Entry, generation: int) -> list[Values]:
    """The rows of `passages`, each with its vector as float16: no loss was measured in retrieval."""
    blobs = np.ascontiguousarray(entry.vectors, dtype=_FLOAT16)
    return [
        {
            "id": passage.id,
            "article_id": entry.article.id,
            "start": passage.start,
            "end": passage.end,
            "vector": blob.tobytes(),
            "generation": generation,
        }
        for passage, blob in zip(entry.passages, blobs, strict=True)
    ]


def to_article(row: sa.Row[Any], sentence_rows: Iterable[sa.Row[Any]]) -> Article:
    """The article, with the id and the sentences that are stored: a later splitter must not move them.

    `sentence_rows` are whole rows of `sentences`, in order.
    """
    text: str = row.text
    article = Article(text, row.title, row.outlet, row.published or None, row.url)
    article.__dict__["id"] = row.id
    article.__dict__["sentences"] = tuple(
        Sentence(number, start, end, text[start:end], paragraph)
        for _, number, start, end, paragraph in sentence_rows
    )
    return article


def to_statement(row: sa.Row[Any], article: Article) -> Statement:
    """The statement, on the given Article object."""
    nested = tuple(_statement(values, article) for values in json.loads(row.nested))
    return _statement(row._asdict(), article, nested)


def _statement(values: Mapping[str, Any], article: Article, nested: tuple[Statement, ...] = ()) -> Statement:
    return Statement(
        article=article,
        source_spans=_spans(values["source_spans"]),
        cue_spans=_spans(values["cue_spans"]),
        content_spans=_spans(values["content_spans"]),
        nested=nested,
        **{name: values[name] for name in _PLAIN},
    )


def to_vectors(blobs: Sequence[bytes], dimensions: int) -> npt.NDArray[np.float32]:
    """Stored vectors as float32 rows of unit length (a row of zeros stays one)."""
    rows = np.frombuffer(b"".join(blobs), dtype=_FLOAT16).astype(np.float32).reshape(len(blobs), dimensions)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    rows /= lengths
    return rows


def _spans_text(spans: Sequence[Span]) -> str:
    return json.dumps([[int(start), int(end)] for start, end in spans])


def _spans(text: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(text))
