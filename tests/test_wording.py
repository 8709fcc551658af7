"""Plain wording of what somebody said. The rows are under tests/cases/wording/."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.attribution.reporting import reporting_verbs
from briefing.reading.statements import find_statements
from briefing.types import Article
from briefing.writing.page import group_by_sentence
from briefing.writing.wording import is_told_before_cue, speaker_words, word_statement
from tests.factories import make_article, make_statement, read_rows


def lines(text: str) -> list[str]:
    """The line for each group of statements, "" where the source's sentence must stand."""
    groups = group_by_sentence(find_statements(Article(text)))
    return [word_statement(group) for group in groups if group[0].act != "other"]


@pytest.mark.parametrize("row", read_rows("wording", "in_the_wild"))
def test_words_it_plainly(row: dict[str, Any]) -> None:
    assert lines(row["text"]) == row["lines"]


@pytest.mark.parametrize("row", read_rows("wording", "negative"))
def test_leaves_to_the_source_what_has_no_plain_wording(row: dict[str, Any]) -> None:
    assert lines(row["text"]) == row["lines"]


@pytest.mark.parametrize("row", read_rows("wording", "known_failures"))
def test_known_failures_still_fail(row: dict[str, Any]) -> None:
    assert row["why"]
    assert lines(row["text"]) != row["lines"], "this case works now: move it to in_the_wild.jsonl"


@pytest.mark.parametrize("row", read_rows("wording", "in_the_wild"))
def test_quotation_marks_hold_the_sources_words(row: dict[str, Any]) -> None:
    source = row["text"].translate(str.maketrans("", "", "“”‘’\"'"))
    for line in lines(row["text"]):
        for start, end in quotation_spans(line):
            assert line[start:end].translate(str.maketrans("", "", "‘’'")).rstrip(",") in source


SAYING = sorted({form for form, verb in reporting_verbs().items() if verb.act == "say" and verb.past == form})


@pytest.mark.parametrize("party", ["Russia", "The White House", "The rebels"])
def test_every_side_gets_the_same_verb(party: str) -> None:
    assert len(SAYING) > 30
    for verb in SAYING:
        article = make_article(f"{party} {verb} that the road was open.")
        statement = make_statement(article, "that the road was open", party, verb)
        assert word_statement([statement]) == f"{party} said that the road was open."


@pytest.mark.parametrize(
    ("mention", "fields", "words"),
    [
        ("the Kremlin", {}, "The Kremlin"),
        ("Denning", {"speaker": "Carl Denning"}, "Carl Denning"),
        ("President Denning", {"speaker": "Carl Denning"}, "President Denning"),
        ("he", {"speaker": "Carl Denning"}, "Carl Denning"),
        ("he", {"speaker": None}, "An unnamed speaker"),
        ("", {"speaker": None}, "An unnamed speaker"),
        ("he", {"speaker": None, "status": "unnamed official"}, "An unnamed official"),
        ("Oman, which hosted the talks,", {}, "Oman"),
        ("which hosted the talks", {"speaker": "Oman"}, "Oman"),
        ("Ana Duarte, a baker,", {"speaker": "Ana Duarte"}, "Ana Duarte, a baker,"),
    ],
)
def test_the_speaker_is_named_as_the_source_does(mention: str, fields: dict[str, Any], words: str) -> None:
    article = make_article(f"{mention} said so.")
    assert speaker_words(make_statement(article, "so", mention, "said", **fields)) == words


def test_told_before_or_after_its_cue() -> None:
    article = make_article("Rain will fall, Oman said. Qatar said no.")
    assert is_told_before_cue(make_statement(article, "Rain will fall", "Oman", "said"))
    assert not is_told_before_cue(make_statement(article, "no", "Qatar", "said Oman"[:4]))
    assert not is_told_before_cue(make_statement(article, "Rain will fall"))


@pytest.mark.parametrize("act", ["describe", "demand", "decline", "believe"])
def test_a_quotation_that_is_not_said_is_left_to_the_source(act: str) -> None:
    article = make_article("Oman called them “a very poor lot of neighbours”.")
    statement = make_statement(
        article, "a very poor lot of neighbours", "Oman", "called", kind="direct", act=act
    )
    assert word_statement([statement]) == ""


def test_one_line_for_one_source_with_two_verbs() -> None:
    article = make_article("Russia said the ships were hospitals, calling the report “a fairy tale”.")
    first = make_statement(article, "the ships were hospitals", "Russia", "said")
    second = make_statement(
        article, "the report “a fairy tale”", "Russia", "calling", act="describe", kind="mixed"
    )
    expected = "Russia said the ships were hospitals, calling the report “a fairy tale”."
    assert word_statement([first, second]) == expected


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_a_line_is_one_line_and_ends(said: str) -> None:
    article = make_article(f"Oman said {said}")
    statement = make_statement(article, said, "Oman", "said")
    line = word_statement([statement])
    assert "\n" not in line
    assert line == "" or line.rstrip('“”"„«»')[-1] in ".!?…"
