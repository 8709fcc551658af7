"""Names in running text, and the side that a text itself ties them to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.parties import load_lexicon
from briefing.reading.persons import Person, is_name_word, take_name, words_after
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.people import find_people
from briefing.types import Article


def people(text: str, parties: Path | None = None) -> dict[str, Person]:
    lexicon = load_lexicon(parties)
    return find_people(Bodies(Article(text), lexicon.find(text), lexicon))


def ties(text: str) -> dict[str, str | None]:
    return {name: person.party for name, person in people(text).items()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Duarte said", "Ana Duarte"),
        ("Emre Aksoy, the minister", "Emre Aksoy"),
        ("Oscar de la Vega said", "Oscar de la Vega"),
        ("Orlov's house", "Orlov"),
        ("J. R. Moss said", "J. R. Moss"),
        ("Al", ""),
        ("The road", ""),
        ("Monday", ""),
        ("President", ""),
        ("", ""),
    ],
)
def test_takes_the_name_a_text_begins_with(text: str, name: str) -> None:
    assert take_name(words_after(text, 0)) == name


@pytest.mark.parametrize("word", ["Ana", "al-Bab", "Ng", "O’Brien", "Ki-moon"])
def test_name_words(word: str) -> None:
    assert is_name_word(word)


@pytest.mark.parametrize(
    "word", ["road", "The", "Minister", "Friday", "TASS-REPORT", "Moscow-based", "US-backed"]
)
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name_word(word)


@pytest.mark.parametrize(
    ("text", "surname", "party", "rule"),
    [
        ("Turkish Foreign Minister Emre Aksoy left.", "Aksoy", "Turkey", "title before the name"),
        ("Peru's energy minister, Luis Quispe, left.", "Quispe", "Peru", "title before the name"),
        ("White House spokesman Carl Denning left.", "Denning", "United States", "title before the name"),
        (
            "Carl Denning, the White House spokesman, left.",
            "Denning",
            "United States",
            "title after the name",
        ),
        ("Mara Holt, a spokeswoman for the Pentagon, left.", "Holt", "United States", "title after the name"),
        ("Riad Saleh, Syria's ambassador to Moscow, left.", "Saleh", "Syria", "title after the name"),
        ("Ukrainian Agriculture Minister Olena Zub left.", "Zub", "Ukraine", "title before the name"),
        (
            "Chadian opposition leader Ali Bichara left.",
            "Bichara",
            "Chadian opposition",
            "title before the name",
        ),
        (
            "It was in Sri Lanka. Ban Soo, the UN envoy, left.",
            "Soo",
            "United Nations",
            "title after the name",
        ),
    ],
)
def test_offices_tie_a_person_to_a_side(text: str, surname: str, party: str, rule: str) -> None:
    person = people(text)[surname]
    assert (person.party, person.rule, person.confidence) == (party, rule, 0.95)
    assert person.surname == surname


def test_the_body_is_kept_beside_the_side() -> None:
    assert people("White House spokesman Carl Denning left.")["Carl Denning"].affiliation == "White House"


@pytest.mark.parametrize(
    "text",
    [
        "Former US president Jimmy Hale left.",
        "Asif Khan, a retired Pakistani general, left.",
        "The wife of the Nigerian president, Aisha Bello, left.",
        "After talks with Ana Duarte, the Russian foreign minister said no.",
        "Joan Prior, and New Zealand's trade minister, met in Suva.",
        "The Kenyan farmer Peter Lado left.",
        "Chinese tech chief Li Wen left.",
        "Norwegian climber Siri Moen left.",
        "Critics of Kenya, Peter Lado and others, left.",
    ],
)
def test_no_office_no_side(text: str) -> None:
    assert ties(text) == {}


def test_an_opposition_lawmaker_is_of_the_opposition_and_not_of_the_country() -> None:
    assert ties("South Korean opposition lawmaker Kim Min left.")["Kim Min"] == "South Korean opposition"


def test_two_people_of_two_sides_with_one_surname_leave_the_surname_to_nobody() -> None:
    text = "Russian envoy Ivan Sokol met Ukrainian envoy Petro Sokol."
    assert ties(text) == {"Ivan Sokol": "Russia", "Petro Sokol": "Ukraine"}


def test_the_fullest_form_of_a_name_stands_for_all() -> None:
    found = people("Russian President Orlov left. Russian President Mikhail Orlov came back.")
    assert found["Orlov"].name == "Mikhail Orlov"


def test_the_users_own_file_wins(tmp_path: Path) -> None:
    own = tmp_path / "parties.yaml"
    own.write_text("people:\n  Ada Moss: Norway\n", encoding="utf-8")
    person = people("Ada Moss met Swedish Foreign Minister Ada Moss.", own)["Moss"]
    assert (person.party, person.rule, person.confidence) == ("Norway", "named in the user's file", 0.99)


def test_a_bare_national_title_is_a_conclusion_and_says_so() -> None:
    text = "Russia has moved four ships. President Mikhail Orlov said Russia would not stay long."
    person = people(text)["Orlov"]
    assert (person.party, person.confidence) == ("Russia", 0.6)
    assert "main actor" in person.rule


@pytest.mark.parametrize(
    "text",
    [
        "President Mikhail Orlov met farmers.",
        "Russia and China moved ships. President Mikhail Orlov said Russia and China would stay.",
        "In Russia, President Mikhail Orlov met farmers.",
        "Russian President Yuri Belov left. Russia moved on. President Mikhail Orlov said Russia would.",
    ],
    ids=["no country", "two countries", "only a place", "somebody else is president"],
)
def test_a_bare_title_ties_nobody_where_the_country_is_not_plain(text: str) -> None:
    assert "Orlov" not in ties(text)


def test_his_country_is_the_main_actor_before() -> None:
    text = "Serbia has closed two crossings. Serbia says it must. Marko Ilic defended his country's move."
    assert people(text)["Ilic"].confidence == 0.6
    assert ties(text)["Ilic"] == "Serbia"


def test_who_reports_a_sides_own_stance_speaks_for_it() -> None:
    person = people("The United States would have “grave concerns” if it were hit, Morrison said.")[
        "Morrison"
    ]
    assert (person.party, person.confidence) == ("United States", 0.55)


def test_a_stance_reported_of_others_ties_nobody() -> None:
    assert ties("The United States moved ships on Friday, Morrison said.") == {}


@given(st.text(max_size=150))
def test_no_text_makes_it_fail(text: str) -> None:
    for name, person in people("Russian President Orlov met " + text).items():
        assert name
        assert person.name
