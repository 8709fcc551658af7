"""Statements as a whole: what is said, in what kind of words, and that no text can break it."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import briefing
from briefing.reading.attribution.document import read_document
from briefing.reading.statements import find_attributions, find_statements
from briefing.types import Article, Statement
from tests.factories import read_rows
from tests.statement_rows import misses

# Pieces that news is made of, in every order: names, verbs, marks, breaks, and what no news holds.
PIECES = st.sampled_from(
    "“|”|\"|„|«|»|'|’|[|]|(|)|: |, |. |… |—|\n|\n\n|said|denied|called for|“We stay,” |he |She |who |what |"
    "Moscow |Al |President |Putin's |the |of |a spokesman for |Russian |Kerry |NAME: |— Ana|U.S. |\u202e|"
    "TALLINN, Feb 14 — |its spokesman, |the army's chief |, who heads the union|(Ana believes) |the firm |"
    "\x00|\ud800|字|🙂|ё|ا|\u200b|\x85|\u2028|\r\n|12,000 |al-|Mr. |\t".split("|")
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=120))


@pytest.mark.parametrize("row", read_rows("attribution", "in_the_wild"))
def test_finds_who_says_what(row: dict[str, Any]) -> None:
    assert misses(row) == []


@pytest.mark.parametrize("row", read_rows("attribution", "negative"))
def test_finds_no_statement_where_nobody_speaks(row: dict[str, Any]) -> None:
    assert misses(row) == []


@pytest.mark.parametrize("row", read_rows("attribution", "known_failures"))
def test_known_failures_still_fail(row: dict[str, Any]) -> None:
    assert row["why"]
    assert misses(row) != [], "this case works now: move it to in_the_wild.jsonl or negative.jsonl"


def _is_whole(statement: Statement, text: str) -> bool:
    spans = [*statement.source_spans, *statement.cue_spans, *statement.content_spans]
    return bool(statement.content.strip()) and all(0 <= a < b <= len(text) for a, b in spans)


@settings(max_examples=150)
@given(TEXTS)
@example("Al said the road was open.")
@example("he’s Al-")
@example("“" * 30 + "NAME: " * 5)
def test_no_text_makes_it_fail_and_every_span_lies_in_the_text(text: str) -> None:
    article = Article(text)
    statements = find_statements(article)
    assert all(_is_whole(s, text) for s in statements)
    assert all(s.article is article for s in statements)
    starts = [s.content_spans[0] for s in statements]
    assert starts == sorted(starts)
    for statement in statements:
        held = {s.index for s in statement.sentences}
        spans = (*statement.source_spans, *statement.cue_spans, *statement.content_spans)
        assert held == {s.index for a, b in spans for s in article.sentences_in(a, b)}
        assert [s.index for s in statement.sentences] == sorted(held)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff"])
def test_nothing_to_read_is_no_statement(text: str) -> None:
    assert find_statements(Article(text)) == []


def test_the_same_article_gives_the_same_statements() -> None:
    article = Article("Oman said no. “We stay here until the spring,” Qatar's envoy said. He said so twice.")
    assert find_statements(article) == find_statements(article)


def test_the_users_parties_are_used(tmp_path: Any) -> None:
    own = tmp_path / "parties.yaml"
    own.write_text("parties:\n- {name: Blue Tide, kind: armed group}\n", encoding="utf-8")
    article = Article("The Blue Tide said it would lay down its arms.")
    assert [s.party for s in find_statements(article)] == [None]
    assert [s.party for s in briefing.find_statements(article, own)] == ["Blue Tide"]


def test_a_headline_is_no_evidence() -> None:
    assert find_statements(Article("Rain fell.", title="“We stay here,” Oman's minister said")) == []


NEWS = (
    "Oman's foreign minister, Salim Harthy, said on Monday that the talks would go on. “We have time,” "
    "he said. A Qatari official called the plan “a step backwards”, and Iran denied that it had written.\n"
)


def test_time_grows_in_step_with_the_length() -> None:
    """Twice the text may not take four times as long; 3.2 leaves room for a busy machine."""

    def seconds(copies: int) -> float:
        document = read_document(Article(NEWS * copies))
        begin = time.process_time()
        find_attributions(document)
        return time.process_time() - begin

    seconds(1)
    shares = [seconds(80) / seconds(40) for _ in range(2)]
    assert min(shares) < 3.2


def test_a_statement_keeps_apart_what_lies_apart() -> None:
    (statement,) = find_statements(
        Article("“We stay,” said Kofi Mensah, a baker. “We will not leave this house.”")
    )
    assert statement.content.count("We") == 2
    assert all(a[1] < b[0] for a, b in pairwise(statement.content_spans))
