"""Whom "its", "the group", "the army" and "the minister" point back at."""

from __future__ import annotations

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.parties.organisations import find_organisations
from briefing.reading.persons import Person
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.people import find_people
from briefing.types import Article


def read(text: str) -> tuple[Bodies, dict[str, Person]]:
    lexicon = load_lexicon()
    lexicon, mentions = find_organisations(text, lexicon.find(text), lexicon)
    bodies = Bodies(Article(text), mentions, lexicon)
    return bodies, find_people(bodies)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("TALLINN, Feb 14 (Nordbalt) - The minister said no.", "Estonia"),
        ("ALEPPO — The governor said no.", "Syria"),
        ("Kenya closed the road. Kenyan trucks queued in Mombasa and Uganda's waited.", "Kenya"),
        ("The road from Kampala to Nairobi is closed.", None),
        ("The road was closed and nobody said why.", None),
        ("In Russia, the president met farmers.", None),
        ("“Kenya is closed,” the driver said on the road from Kampala.", "Uganda"),
    ],
)
def test_the_country_an_article_is_about(text: str, country: str | None) -> None:
    home = read(text)[0].setting.home
    assert (home.party if home else None) == country


@pytest.mark.parametrize(
    ("text", "noun", "party"),
    [
        ("The Syrian army left. The army said", "army", "Syria"),
        ("Hamas left. The movement said", "movement", "Hamas"),
        ("The Delta Farmers' Union met. The union said", "union", "Delta Farmers' Union"),
        ("The security firm Ambergate wrote. The company said", "company", "Ambergate"),
        ("NATO met in Riga. The alliance said", "alliance", "NATO"),
        ("Serbia denied it. The government said", "government", "Serbia"),
        ("Kenya and Uganda met. The government said", "government", None),
        ("Rain fell. The group said", "group", None),
        ("The Blue Party and the Red Party met. The company said", "company", None),
    ],
)
def test_a_noun_goes_back_to_the_nearest_of_its_kind(text: str, noun: str, party: str | None) -> None:
    found = read(text)[0].of_noun(noun, text.rindex(noun))
    assert (found.party if found else None) == party


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Kenya closed the road. Its spokesman, Ali Haddad, left.", "Ali Haddad", "Kenya"),
        (
            "The Delta Farmers' Union met. The union's president, Ali Haddad, left.",
            "Ali Haddad",
            "Delta Farmers' Union",
        ),
        ("Hamas wrote a letter. Ali Haddad, a member of its council, left.", "Ali Haddad", "Hamas"),
        (
            "Serbian Prime Minister Ana Ilic left. Her foreign minister, Goran Lukic, stayed.",
            "Goran Lukic",
            "Serbia",
        ),
        ("Syria's army left. Army spokesman Colonel Ali Haddad stayed.", "Ali Haddad", "Syria"),
        ("Hamas wrote. Ali Haddad, who speaks for the movement, left.", "Ali Haddad", "Hamas"),
        ("TALLINN - Defence Minister Marko Tamm left.", "Marko Tamm", "Estonia"),
        ("In Belgrade, the finance minister, Ana Ilic, left.", "Ana Ilic", "Serbia"),
        ("Seo Min, the unification minister in Seoul, left.", "Seo Min", "South Korea"),
        ("Ana Duarte, who heads Human Rights Watch, left.", "Ana Duarte", "Human Rights Watch"),
        ("Turkey met Greece. His Polish counterpart, Adam Nowak, left.", "Adam Nowak", "Poland"),
        ("Kenya and Uganda met. Its spokesman, Ali Haddad, left.", "Ali Haddad", None),
        ("The army left. Ali Haddad, a former minister, stayed.", "Ali Haddad", None),
        ("Kenya closed the road. A neighbour of Ali Haddad wept.", "Ali Haddad", None),
    ],
)
def test_people_are_tied_to_what_a_text_only_points_at(text: str, name: str, party: str | None) -> None:
    person = read(text)[1].get(name)
    assert (person.party if person else None) == party


def test_what_is_concluded_is_less_sure_than_what_is_told() -> None:
    told = read("Kenya's Foreign Minister Ana Duarte left.")[1]["Ana Duarte"]
    pointed = read("Kenya closed the road. Its spokesman, Ali Haddad, left.")[1]["Ali Haddad"]
    concluded = read("TALLINN - Defence Minister Marko Tamm left.")[1]["Marko Tamm"]
    assert told.confidence > pointed.confidence > 0.65 > concluded.confidence
