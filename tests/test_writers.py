"""One contract for both writers: what they may cite, what they may move, and that they are in no hurry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from briefing.types import Article
from briefing.writing.chat import Chat, ModelSettings, load_chat_model
from briefing.writing.drafts import Draft, cite, in_plain_words
from briefing.writing.extractive import ExtractiveWriter
from briefing.writing.llm import ModelWriter
from briefing.writing.writer import Request, Writer
from tests.factories import make_article
from tests.openai_server import Reply, serve

ARTICLE = make_article(
    "Oman said the road was open. Qatar said the road was shut. “We waited for nine hours,” Oman added. "
    "Nobody came from Qatar. Rain fell all night."
)


def draft(article: Article, sentence: int, party: str) -> Draft:
    cited = cite(article, [article.sentences[sentence]])
    return Draft(
        article.sentences[sentence].text, cited, party, party, plain=article.sentences[sentence].text
    )


REQUEST = Request(
    "Was the road open?",
    {
        "Oman": (draft(ARTICLE, 0, "Oman"), draft(ARTICLE, 2, "Oman")),
        "Qatar": (draft(ARTICLE, 1, "Qatar"),),
    },
)


def echo(request: dict[str, Any]) -> Reply:
    """A faithful model: it answers with the lines that it was asked to rewrite, or the one to repair."""
    prompt = request["messages"][-1]["content"]
    if "Lines to rewrite:" in prompt:
        return Reply([prompt.split("Lines to rewrite:\n")[1]])
    line = re.search(r"Rejected line: (.*)", prompt)
    assert line is not None
    return Reply([line[1]])


@pytest.fixture(params=["extractive", "model"])
def writer(request: pytest.FixtureRequest) -> Iterator[Writer]:
    if request.param == "extractive":
        yield ExtractiveWriter()
        return
    with serve() as server:
        server.script = echo
        yield ModelWriter(Chat(load_chat_model(ModelSettings("openai:test-model", server.address))))


def test_cites_only_sentences_that_the_drafts_cite(writer: Writer) -> None:
    given = {c.key for drafts in REQUEST.groups.values() for d in drafts for c in d.citations}
    written = list(writer.write(REQUEST))
    assert written
    for _, line in written:
        assert line.citations
        assert {c.key for c in line.citations} <= given


def test_keeps_the_headings_and_their_order(writer: Writer) -> None:
    assert [heading for heading, _ in writer.write(REQUEST)] == ["Oman", "Oman", "Qatar"]


def test_keeps_each_line_with_its_party_and_speaker(writer: Writer) -> None:
    credited = [(line.party, line.speaker) for _, line in writer.write(REQUEST)]
    assert credited == [("Oman", "Oman"), ("Oman", "Oman"), ("Qatar", "Qatar")]


def test_writes_the_lines_as_they_are_where_they_are_good(writer: Writer) -> None:
    texts = [line.text for _, line in writer.write(REQUEST)]
    assert texts == [d.text for drafts in REQUEST.groups.values() for d in drafts]


def test_no_drafts_no_lines(writer: Writer) -> None:
    assert list(writer.write(Request("Was the road open?", {}))) == []


def test_lines_come_one_by_one(writer: Writer) -> None:
    lines = writer.write(REQUEST)
    assert iter(lines) is lines
    assert next(lines)[0] == "Oman"


def test_the_same_request_gives_the_same_lines(writer: Writer) -> None:
    assert list(writer.write(REQUEST)) == list(writer.write(REQUEST))


def test_a_repair_cites_what_the_line_cited_or_there_is_none(writer: Writer) -> None:
    wrong = Draft("Oman said the road was shut.", REQUEST.groups["Oman"][0].citations, "Oman", "Oman")
    repaired = writer.repair(REQUEST, "Oman", wrong, "turned around")
    assert repaired is None or repaired.citations == wrong.citations


def test_a_writer_has_a_name(writer: Writer) -> None:
    assert writer.name in ("extractive", "test-model")


def test_an_extractive_repair_is_the_sources_sentence_once() -> None:
    wrong = Draft("Oman lied.", REQUEST.groups["Oman"][0].citations, plain="Oman said the road was open.")
    repaired = ExtractiveWriter().repair(REQUEST, "Oman", wrong, "not supported")
    assert repaired is not None
    assert (repaired.text, repaired.citations) == (wrong.plain, wrong.citations)
    assert in_plain_words(repaired) is None
    assert in_plain_words(Draft("Oman said so.", (), plain="")) is None
