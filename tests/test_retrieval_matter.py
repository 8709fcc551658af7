"""What a question is about, as weighted terms, and what a text holds of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from briefing.reading.parties import load_lexicon
from briefing.retrieval.matter import Matter, matter_text, read_matter, skeleton, text_keys
from briefing.retrieval.questions import Known, understand
from briefing.types import Turn

LEXICON = load_lexicon()
KNOWN = Known(outlets=("Strait Post",), parties=LEXICON)


def _frequencies(words: Sequence[str]) -> Mapping[str, int]:
    common = {"ferry": 60, "sank": 40}
    return {word: common.get(word.lower(), 1) for word in words}


def _matter(question: str, *before: str) -> Matter:
    history = [Turn(one, one) for one in before]
    return read_matter(understand(question, KNOWN, history), LEXICON, _frequencies, 100)


def _keys(matter: Matter) -> set[str]:
    return {min(term.keys) for term in matter.terms}


def test_the_matter_is_what_is_left_without_voices_days_outlets_and_asking() -> None:
    matter = _matter("What did Denmark say to the Strait Post on 4 March 2021 about the missing cars?")
    assert _keys(matter) == {"mis", "car"}
    assert _matter("What did Denmark say?").terms == ()


def test_a_party_that_is_only_mentioned_is_part_of_the_matter() -> None:
    assert "@Norway" in _keys(_matter("What did Denmark say about the Norwegian ferry?"))
    assert "@Norway" in text_keys("Oslo had called twice.", LEXICON)
    assert "@Norway" not in text_keys("Oslo had called twice.")


def test_the_rarer_a_word_the_more_it_weighs() -> None:
    matter = _matter("Which ferry sank at Kalundborg?")
    assert matter.share(text_keys("A ferry sank.")) < 0.4 < matter.share(text_keys("At Kalundborg."))
    assert matter.rarest(text_keys("Kalundborg")) == 1
    assert matter.rarest(text_keys("Nothing of it.")) == matter.share(text_keys("Nothing.")) == 0
    assert Matter(()).share(text_keys("Anything.")) == Matter(()).rarest(text_keys("Anything.")) == 0


def test_words_of_the_question_before_count_less() -> None:
    matter = _matter("And who died in it?", "What sank at Kalundborg?")
    assert matter.share(text_keys("Kalundborg")) < matter.share(text_keys("Two died."))


@pytest.mark.parametrize("question", ["How many cars sank?", "What was the death toll?"])
def test_a_number_is_asked_for(question: str) -> None:
    assert _matter(question).asks_number
    assert not _matter("Who sank it?").asks_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sheikhun", "sheikhoun"),
        ("shayrat", "shairat"),
        ("qamishli", "kamishly"),
        ("urum", "orum"),
        ("daraya", "darayya"),
        ("mykolaiv", "mykolayiv"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("homs", "hama"), ("aleppo", "idlib"), ("daraa", "daraya")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other) or len(skeleton(one)) < 3


@pytest.mark.parametrize(
    ("matter", "bare"),
    [
        ("What did say about the missing cars?", "the missing cars"),
        ("Who said that the ferry was late?", "the ferry was late"),
        ("Did the ferry sink at night?", "the ferry sink at night"),
        ("ferries at night", "ferries at night"),
        ("Why?", "Why?"),
    ],
)
def test_the_matter_without_the_words_that_ask(matter: str, bare: str) -> None:
    assert matter_text(matter) == bare
