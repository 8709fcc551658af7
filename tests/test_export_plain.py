"""Plain text for the terminal: answers and lists, without anything that could steer it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.export.listing import Listing, list_articles, list_statements
from briefing.export.phrases import day_words, one_line, searched_words, stance_words, where_words
from briefing.export.plain import plain
from briefing.types import Citation, Position, Searched
from tests.factories import make_article, make_claim, make_statement
from tests.pages import TEXT, make_answer, make_decline


def test_an_answer_in_a_terminal() -> None:
    assert plain(make_answer()) == (
        "Asked as: Was the road open?\n\n"
        "Oman\n  - Oman said the road was open. [1]\n\n"
        "Qatar\n  - Qatar denied it. [2][1] (in the source’s words)\n\n"
        "Note: One line was left out.\n"
        "Sources\n"
        "  [1] Harbour Gazette, 4 March 2021, sentence 1 (characters 0–28): Oman said the road was open.\n"
        "  [2] Harbour Gazette, 4 March 2021, sentence 2 (characters 29–75): Qatar denied that the road was\n"
        "      open on Monday.\n"
    )


def test_a_decline_in_a_terminal() -> None:
    shown = plain(make_decline())
    assert "These sources do not say.\n" in shown
    assert "The nearest sentences:\n  - Rain fell all night. [1]\n" in shown
    assert "Searched 2 articles (Harbour Gazette;" in shown


@given(st.text(max_size=80))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    article = make_article(f"{text} a.\n{TEXT}", outlet=text, title=text)
    claim = make_claim(text, article, [0], notes=(text,))
    answer = replace(make_answer(article), question=text, asked=text + "?", notes=(text,))
    answer = replace(answer, groups=(replace(answer.groups[0], heading=text, claims=(claim,)),))
    listed = list_articles([article]).text() + list_statements([make_statement(article, "Oman")]).text()
    for shown in (plain(answer), plain(replace(make_decline(article), reason=text)), listed):
        assert all(c.isprintable() or c in "\n\u200c\u200d" for c in shown)
        shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\tb", "a b"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("left\u202eright", "left right"),
        ("می\u200cروم", "می\u200cروم"),
        ("  ", ""),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_long_line_is_folded_under_its_own_beginning() -> None:
    article = make_article("Oman said " + "the road was open and " * 12 + "the port was shut.")
    answer = replace(make_answer(), groups=())
    answer = replace(
        answer, groups=(replace(make_answer().groups[0], claims=(make_claim(article.text, article),)),)
    )
    lines = plain(answer).split("Oman\n", 1)[1].splitlines()
    assert lines[0].startswith("  - Oman said")
    assert lines[1].startswith("    ")
    assert max(map(len, lines)) <= 100


def test_phrases() -> None:
    article = make_article(TEXT, outlet="", published=None)
    citation = Citation(article, 0, 28)
    assert where_words(citation) == "outlet not given, no date given, sentence 1 (characters 0–28)"
    assert where_words(Citation(make_article(TEXT), 29, 75)) == (
        "Harbour Gazette, 4 March 2021, sentence 2 (characters 29–75)"
    )
    day = make_article(TEXT).day
    assert day is not None
    assert day_words(day) == "4 March 2021"
    assert stance_words(Position("Oman", "affirms")) == ""
    assert stance_words(Position("Oman", "denies")) == "denies or limits it"


@pytest.mark.parametrize(
    ("searched", "words"),
    [
        (Searched(0, (), None, None, 0, ()), "The library has no articles that fit."),
        (
            Searched(1, (), None, None, 1, ()),
            "Searched 1 article (outlets not given; no dates given). Heard in them: nobody.",
        ),
    ],
)
def test_what_was_searched(searched: Searched, words: str) -> None:
    assert searched_words(searched) == words


def test_many_outlets_are_counted_and_not_all_listed() -> None:
    outlets = tuple(f"Outlet {n}" for n in range(15))
    words = searched_words(Searched(15, outlets, None, None, 15, ("Oman",)))
    assert "Outlet 11 and 3 more" in words
    assert "Outlet 12" not in words


def test_a_list_of_articles() -> None:
    article = make_article(TEXT, title="Road shut " + "x" * 60)
    listing = list_articles([article])
    (row,) = listing.record()["articles"]
    assert (row["id"], row["published"], row["sentences"], row["title"]) == (
        article.id,
        "2021-03-04",
        5,
        article.title,
    )
    head, line = listing.text().splitlines()
    assert head.split() == ["id", "published", "outlet", "sentences", "title"]
    assert line.index("Harbour Gazette") == head.index("outlet")
    assert line.endswith("…")


def test_a_list_of_statements() -> None:
    article = make_article(TEXT)
    statement = make_statement(article, "the road was open", "Oman", "said", party="Oman")
    listing = list_statements([statement])
    (row,) = listing.record()["statements"]
    assert listing.record()["schema"] == "briefing/1"
    assert (row["sentence"], row["party"], row["content"]) == (1, "Oman", "the road was open")
    assert article.text[slice(*row["source_spans"][0])] == "Oman"


def test_an_empty_list_is_its_heading() -> None:
    assert list_articles([]).text() == "id  published  outlet  sentences  title"
    assert Listing("articles", (), ()).text() == ""
