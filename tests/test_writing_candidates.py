"""Which sentences may answer: by whom they are, and of which days."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading.parties import load_lexicon
from briefing.retrieval.questions import Known, understand
from briefing.writing.candidates import Candidate, days_of, is_from, is_voice
from tests.factories import make_article, make_statement

PEOPLE = (
    *("Hillary Clinton", "Bill Clinton", "Bashar al-Assad", "Bashar Assad", "John Kerry"),
    *("Supreme Council", "Syrian National Council"),
)
KNOWN = Known((), load_lexicon(), PEOPLE, last_day=dt.date(2017, 10, 1))


@pytest.mark.parametrize(
    ("asked_for", "speaker", "speaks"),
    [
        ("Hillary Clinton", "Hillary Clinton", True),
        ("Hillary Clinton", "Clinton", True),
        ("Hillary Clinton", "Secretary Clinton", True),
        ("Hillary Clinton", "Hillary Rodham Clinton", True),
        ("Hillary Clinton", "Bill Clinton", False),
        ("Clinton", "Bill Clinton", True),
        ("Kerry", "John F. Kerry", True),
        ("Bashar al-Assad", "Bashar Assad", True),
        ("Assad", "Bashar al-Assad", True),
        ("the Supreme Council", "Supreme Council", True),
        ("the Supreme Council", "Syrian National Council", False),
        ("the Supreme Council", "National Council", False),
    ],
)
def test_a_voice_is_that_of_the_one_who_was_named(asked_for: str, speaker: str, speaks: bool) -> None:
    article = make_article(f"{speaker} said the port is open.")
    statement = make_statement(article, "the port is open", speaker, "said")
    assert is_voice(statement, understand(f"What did {asked_for} say about Libya?", KNOWN)) is speaks


@pytest.mark.parametrize(
    ("outlet", "mention", "told"),
    [
        ("Reuters", "Reuters", True),
        ("Al Jazeera", "an Al Jazeera reporter", True),
        ("Al Jazeera", "Al Jazeera’s correspondent", True),
        ("Al Jazeera", "the Jazeera club of Al Ain", False),
        ("Post", "Postal workers", False),
    ],
)
def test_an_outlet_tells_what_it_is_said_to_have_said(outlet: str, mention: str, told: bool) -> None:
    article = make_article(f"{mention} said the port is open.")
    statement = make_statement(article, "the port is open", mention, "said", speaker=None)
    one = Candidate(article, article.sentences[0], (statement,))
    assert is_from(["Harbour Gazette"], one)
    assert is_from([outlet], one) is told
    assert not is_from([], one)


@pytest.mark.parametrize(
    ("text", "published", "within"),
    [
        ("The port opened on 6 September.", "2017-09-30", True),
        ("The port opened on the 6th of September, 2017.", "2018-09-30", True),
        ("The port opened on Sept. 6, officials said.", "2017-09-30", True),
        ("The port opened on Sept. 6, 2017.", "2018-09-30", True),
        ("The port opened on Sep 6.", "2017-09-30", True),
        ("The port opened on September 6, 2012.", "2017-09-30", False),
        ("The port opened on 6 Sept. 2012.", "2017-09-30", False),
        ("The port opened on September 6.", "2012-09-30", False),
        ("The port opened on 16 September.", "2017-09-30", False),
        ("In September 6,000 people left.", "2017-09-30", False),
    ],
)
def test_an_article_is_of_the_day_that_it_names(text: str, published: str, within: bool) -> None:
    question = understand("What happened on 6 September 2017?", KNOWN)
    assert days_of(question, make_article(text, published=published)) == (within, not within)
