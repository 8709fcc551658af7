"""Offices that name no country: whose they are is concluded, and says so."""

from __future__ import annotations

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.people import find_people
from briefing.types import Article


def tie(text: str, surname: str, title: str = "") -> tuple[str | None, float] | None:
    lexicon = load_lexicon()
    person = find_people(Bodies(Article(text, title), lexicon.find(text), lexicon)).get(surname)
    return (person.party, person.confidence) if person else None


PARAGRAPHS = (
    "Ghana recalled its envoy from Togo and closed two crossings.\n"
    "Togo called the step rash. “We broke no treaty,” Interior Minister Kodjo Amavi said.\n"
    "Benin, Niger and Nigeria asked both to talk."
)


def test_the_paragraphs_own_country_goes_first() -> None:
    assert tie(PARAGRAPHS, "Amavi") == ("Togo", 0.6)


def test_the_headline_tells_what_an_article_is_about() -> None:
    text = "A line failed between Chile and Peru on Monday. Energy Minister Ana Lund said she was sorry."
    assert tie(text, "Lund", "Chile asks for an explanation") == ("Chile", 0.6)


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON - The United States will tax Mexican glass.\n"
        "Mexico called it unjust. Mexico has no such tax.\n"
        "President Ana Reyes said talks would go on.",
        "Former Interior Minister Ana Lund left.",
    ],
    ids=["two countries the article is about as much", "no country"],
)
def test_where_it_is_not_plain_nobody_is_tied(text: str) -> None:
    assert tie(text, "Reyes" if "Reyes" in text else "Lund") is None


def test_an_office_the_article_gives_one_side_elsewhere() -> None:
    text = "The Kenyan trade minister and the Ugandan envoy met. Later Trade Minister Ana Lund said no."
    assert tie(text, "Lund") == ("Kenya", 0.7)
