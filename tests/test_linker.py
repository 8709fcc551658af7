"""Which source and which content go with which cue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.errors import ModelFileError
from briefing.reading.attribution.document import Document, read_document
from briefing.reading.attribution.linker import WEIGHTS, Link, Linker, load_weights
from briefing.reading.attribution.tagger import TaggedSpans
from briefing.types import Article, Span

TWO = "China said the boat was armed, while Manila said it was fishing."


def span(document: Document, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(words, start + 1)
    return document.token_range(start, start + len(words))


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(Article(TWO))


@pytest.fixture(scope="module")
def spans(document: Document) -> TaggedSpans:
    return TaggedSpans(
        source=(span(document, "China"), span(document, "Manila")),
        cue=(span(document, "said"), span(document, "said", 1)),
        content=(span(document, "the boat was armed"), span(document, "it was fishing")),
    )


def test_pairs_two_speakers_of_one_sentence(document: Document, spans: TaggedSpans) -> None:
    found = Linker(document, spans).links(load_weights())
    assert found == [
        Link(spans.source[0], spans.cue[0], (spans.content[0],)),
        Link(spans.source[1], spans.cue[1], (spans.content[1],)),
    ]


def test_every_content_is_in_exactly_one_link_and_the_links_are_in_order(
    document: Document, spans: TaggedSpans
) -> None:
    more = TaggedSpans(spans.source, spans.cue[:1], spans.content)
    found = Linker(document, more).links(load_weights())
    held = [content for link in found for content in link.contents]
    assert sorted(held) == sorted(spans.content)
    assert found == sorted(found, key=lambda link: link.contents[0])


def test_a_content_without_a_cue_is_an_orphan(document: Document, spans: TaggedSpans) -> None:
    found = Linker(document, TaggedSpans(spans.source, (), spans.content[:1])).links(load_weights())
    assert found == [Link(None, None, (spans.content[0],))]


def test_no_spans_no_links(document: Document) -> None:
    assert Linker(document, TaggedSpans((), (), ())).links(load_weights()) == []


def test_a_source_only_looks_at_cues_within_one_sentence() -> None:
    text = "Oman said so. " + "Rain fell on the road. " * 4 + "Qatar said no."
    document = read_document(Article(text))
    cues = (span(document, "said"), span(document, "said", 1))
    linker = Linker(document, TaggedSpans((span(document, "Oman"),), cues, ()))
    assert linker.candidates(span(document, "Oman"), "source") == [cues[0]]


def test_a_content_looks_at_its_nearest_seven_cues_at_most() -> None:
    document = read_document(Article("Oman said no. " * 30))
    cues = tuple(span(document, "said", n) for n in range(30))
    linker = Linker(document, TaggedSpans((), cues, ()))
    assert len(linker.candidates(span(document, "no", 15), "content")) == 7


def test_features_are_names_and_the_same_each_time(document: Document, spans: TaggedSpans) -> None:
    first = Linker(document, spans).features(spans.cue[0], spans.source[0], "source")
    again = Linker(document, spans).features(spans.cue[0], spans.source[0], "source")
    assert first == again
    assert "sbias" in first
    assert "cue=said,L0" in first


@pytest.mark.parametrize("raw", [None, "", "{", "[]", json.dumps({"source": {}})])
def test_weights_that_cannot_be_read_are_refused(tmp_path: Path, raw: str | None) -> None:
    if raw is not None:
        (tmp_path / WEIGHTS).write_text(raw, encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"linker\.json cannot be read .*reinstall"):
        load_weights(tmp_path)
