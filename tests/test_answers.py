"""What an answer is made of: the right statements, every side, and a reason where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.statements import find_statements
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.matter import read_matter
from briefing.retrieval.questions import Known, Question, understand
from briefing.types import Article, Hit, Passage
from briefing.writing.answers import AnswerPlan, Material, asks_for_day, plan_answer, plan_day
from briefing.writing.candidates import gather
from briefing.writing.features import FEATURES, describe
from briefing.writing.grouping import OWN_VOICE, draft_lines, group_drafts
from briefing.writing.relevance import SELECTED, load_weights, rank_candidates

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


def _question(text: str) -> Question:
    known = Known(("Strait Post",), load_lexicon(), ("Ida Holm",), last_day=ARTICLE.day)
    return understand(text, known)


def _plain(_text: str) -> bool:
    return False


def _frequencies(words: Sequence[str]) -> dict[str, int]:
    return {word: TEXT.lower().count(word.lower()) for word in words}


def _material(question: Question, evidence: Evidence = ENOUGH, party: str | None = None) -> Material:
    lexicon = load_lexicon()
    matter = read_matter(question, lexicon, _frequencies, 5)
    statements = tuple(find_statements(ARTICLE))
    hits = (Hit(Passage(ARTICLE, 0, len(TEXT)), 1.0),)
    return Material(hits, statements, lexicon, _plain, evidence, matter, party)


def _same_words(query: str, texts: Sequence[str]) -> list[float]:
    """A stand-in for meaning: the share of the query's words that a text has."""
    words = set(query.lower().split())
    return [len(words & set(t.lower().split())) / len(words) for t in texts]


def _plan(text: str, **material: object) -> AnswerPlan:
    question = _question(text)
    return plan_answer(question, _material(question, **material), _same_words)  # type: ignore[arg-type]


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
    ("words", "party", "headings"),
    [
        ("the ferry carried 40 cars", None, [OWN_VOICE]),
        ("the ferry carried 40 cars", "Denmark", []),
        ("nobody called our office", "Denmark", ["Denmark"]),
        ("nobody called our office", "Norway", []),
    ],
)
def test_quoted_words_are_not_the_outlets_own_where_one_party_is_asked_for(
    words: str, party: str | None, headings: list[str]
) -> None:
    question = _question(f"Who said “{words}”?")
    material = _material(question, party=party)
    said = tuple(s for s in material.statements if party in (None, s.party))
    plan = plan_answer(question, replace(material, statements=said), _same_words)
    assert list(plan.groups) == headings
    assert headings or plan.reason == (
        f"Nothing in these sources with the words “{words}” is credited to {party}."
    )


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
    asked = _question(question)
    assert asks_for_day(asked, _material(asked).matter) is asks


def test_a_day_is_told_in_the_outlets_own_words() -> None:
    (drafts,) = plan_day([ARTICLE], _material(_question("What happened on Monday?"))).groups.values()
    assert [d.text for d in drafts] == ["The ferry carried 40 cars across the strait on Monday morning."]
    assert plan_day([], _material(_question("What happened on Monday?"))).reason.startswith(
        "No article of these days"
    )


def test_sentences_are_ranked_with_the_probability_that_they_answer() -> None:
    question = _question("Were two cars missing?")
    material = _material(question)
    candidates = gather(question, material.hits, material.statements)
    ranked = rank_candidates(question, material.matter, candidates, material.lexicon, _same_words)
    assert len(ranked) == 5
    assert ranked[0][1].sentence.text.startswith("Swedish police")
    chances = [chance for chance, _ in ranked]
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance < 1 for chance in chances)
    assert rank_candidates(question, material.matter, [], material.lexicon, _same_words) == []


def test_every_feature_has_a_weight_and_the_bar_is_a_probability() -> None:
    model = load_weights()
    assert len(model.first) == len(FEATURES)
    assert len(model.second) == len(FEATURES) + len(SELECTED)
    assert 0 < model.bar < 1
    assert 0 < model.share <= 1
    question = _question("Were two cars missing?")
    material = _material(question)
    candidates = gather(question, material.hits, material.statements)
    rows, kept = describe(question, material.matter, candidates, material.lexicon, _same_words)
    assert len(rows) == len(kept) == 5
    assert {len(row) for row in rows} == {len(FEATURES)}


def test_others_tell_what_nobody_asked_for_is_credited_with() -> None:
    question = _question("How many cars did the ferry carry across the strait, according to Norway?")
    plan = plan_answer(question, _material(question), _same_words)
    assert question.voices == ("Norway",)
    assert plan.notes == ("Nothing on this is credited to Norway.",)
    assert _lines(plan) == ["The ferry carried 40 cars across the strait on Monday morning."]


def test_of_people_of_one_name_the_one_typed_is_named() -> None:
    known = Known((), load_lexicon(), ("Karl Berg", "Ida Berg", "Ole Lind"), last_day=ARTICLE.day)
    question = understand("What did Ida Berg and Lind say about the bridge?", known)
    plan = plan_answer(question, _material(question), _same_words)
    assert plan.reason == "Nothing in these sources is credited to Ida Berg or Ole Lind."


def test_of_two_asked_the_silent_one_is_named() -> None:
    plan = _plan("What do Denmark and Iceland say about the notice of the flight?")
    assert "Denmark" in plan.groups
    assert plan.notes == ("Nothing on this is credited to Iceland.",)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did Denmark say about the ferry?", "2021-03-04"),
        ("What changed in the Danish position on the ferry?", "2021-03-01"),
        ("What were Denmark's exact words about the ferry?", "2021-03-02"),
    ],
)
def test_lines_of_a_party_stand_in_the_order_that_the_question_asks_for(question: str, first: str) -> None:
    texts = {
        "2021-03-01": "Denmark said the ferry was safe.",
        "2021-03-02": "“The ferry is old,” Denmark said.",
        "2021-03-04": "Denmark said the ferry was late.",
    }
    drafts = []
    for day, text in texts.items():
        article = Article(text, published=day)
        drafts += draft_lines(find_statements(article), _plain)
    (held,) = group_drafts(drafts, _question(question)).values()
    assert held[0].citations[0].article.published_iso == first
