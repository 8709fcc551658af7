"""What an answer is made of: the right statements, every side, and a reason where there are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.statements import find_statements
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.questions import Known, understand
from briefing.types import Article, Hit, Passage
from briefing.writing.answers import OWN_VOICE, AnswerPlan, Material, asks_for_day, plan_answer, plan_day
from briefing.writing.relevance import mark_texts, rank_sentences, topic_words

TEXT = (
    "Norwegian officials said they had one hour’s notice of the flight. "
    "Danish Transport Minister Ida Holm denied that the flight was coordinated with Norway. "
    "“Nobody called our office,” Holm said. "
    "The ferry carried 40 cars across the strait on Monday morning. "
    "Swedish police said two of the cars were missing."
)
ARTICLE = Article(TEXT, title="Ferry", outlet="Strait Post", published="2021-03-04")
ENOUGH = Evidence(0.9, 0.9, (), 1, True)
TOO_LITTLE = Evidence(0.1, 0.1, ("Atlantis",), 1, True)


def _question(text: str):  # type: ignore[no-untyped-def]
    known = Known(("Strait Post",), load_lexicon(), ("Ida Holm",), ARTICLE.day)
    return understand(text, known)


def _plain(_text: str) -> bool:
    return False


def _material(evidence: Evidence = ENOUGH, party: str | None = None) -> Material:
    passage = Passage(ARTICLE, 0, len(TEXT))
    statements = tuple(find_statements(ARTICLE))
    return Material((Hit(passage, 1.0),), statements, load_lexicon(), _plain, evidence, party)


def _same_words(asked: str) -> object:
    """A stand-in for meaning: the share of the question's words that a text has."""
    words = set(asked.lower().split())
    return lambda texts: [len(words & set(t.lower().split())) / len(words) for t in texts]


def _plan(text: str, **material: object) -> AnswerPlan:
    return plan_answer(_question(text), _material(**material), _same_words(text))  # type: ignore[arg-type]


def _lines(plan: AnswerPlan) -> list[str]:
    return [d.text for drafts in plan.groups.values() for d in drafts]


def test_what_a_party_said_is_all_of_it_and_only_that() -> None:
    plan = _plan("What did Denmark say?")
    assert list(plan.groups) == ["Denmark"]
    assert [line.split(" ")[0] for line in _lines(plan)] == ["Danish", "Ida"]


def test_a_person_is_asked_for_by_surname() -> None:
    assert list(_plan("What did Ida Holm say?").groups) == ["Denmark"]


def test_who_said_these_words() -> None:
    plan = _plan("Who said “nobody called our office”?")
    assert list(plan.groups) == ["Denmark"]
    assert _lines(plan) == ["Ida Holm said: “Nobody called our office”."]


def test_words_nobody_said_are_declined_with_the_words() -> None:
    plan = _plan("Who said “full steam ahead”?")
    assert not plan.groups
    assert plan.reason == "No sentence in these sources has the words “full steam ahead”."
    assert plan.nearest


def test_a_party_nobody_credits_is_declined_by_name() -> None:
    plan = _plan("What did Iceland say?")
    assert (dict(plan.groups), plan.reason) == ({}, "Nothing in these sources is credited to Iceland.")


def test_a_disputed_matter_gets_every_side() -> None:
    plan = _plan("Was the flight coordinated with Norway?")
    assert {"Norway", "Denmark"} <= set(plan.groups)


def test_a_fact_of_the_outlets_own_is_headed_as_such() -> None:
    plan = _plan("How many cars did the ferry carry across the strait on Monday?")
    assert any("40 cars" in d.text for d in plan.groups[OWN_VOICE])


def test_too_little_evidence_is_declined_with_what_is_missing() -> None:
    plan = _plan("Did the ferry reach Atlantis?", evidence=TOO_LITTLE)
    assert (dict(plan.groups), plan.reason) == ({}, "These sources do not mention Atlantis.")


def test_a_party_filter_keeps_only_its_lines() -> None:
    plan = _plan("Was the flight coordinated with Norway?", party="Denmark")
    assert set(plan.groups) == {"Denmark"}


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What happened on Monday?", True),
        ("What happened on 4 March 2021?", True),
        ("What happened to the ferry on Monday?", False),
        ("What happened?", False),
    ],
)
def test_a_question_for_a_day(question: str, asks: bool) -> None:
    assert asks_for_day(_question(question), load_lexicon()) is asks


def test_a_day_is_told_in_the_outlets_own_words() -> None:
    (drafts,) = plan_day([ARTICLE], _material()).groups.values()
    assert [d.text for d in drafts] == ["The ferry carried 40 cars across the strait on Monday morning."]
    assert plan_day([], _material()).reason.startswith("No article of these days")


def test_the_topic_is_what_is_left_without_parties_and_saying() -> None:
    assert topic_words(_question("What did Denmark say about the missing cars?"), load_lexicon()) == [
        "missing",
        "cars",
    ]


def test_sentences_are_ranked_by_words_meaning_and_issue() -> None:
    question = _question("Were two cars missing?")

    def flat(texts: Sequence[str]) -> Sequence[float]:
        return [0.5] * len(texts)

    ranked = rank_sentences(question, _material().hits, load_lexicon(), flat)
    assert ranked[0][2].text.startswith("Swedish police")
    assert [mark for mark, _, _ in ranked] == sorted((mark for mark, _, _ in ranked), reverse=True)
    assert mark_texts(question, ["cars"], [], flat) == []
