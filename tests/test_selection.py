"""The selector: what it reads of an article, and which sentence it finds."""

from __future__ import annotations

import pytest

from briefing.types import Article
from briefing.writing.selection import (
    HEAD,
    SENTENCE,
    SHARED,
    SOURCE,
    TELLING,
    Stretch,
    encode_stretch,
    find_sources,
    score_sentences,
    split_stretches,
)
from tests.factories import make_statement

HARBOUR = Article(
    text=(
        "The ferry Alda left Velm with 40 passengers on Monday. "
        "Harbour Master Ada Nilsson spoke to reporters in the evening. "
        "“The bow door had not been shut,” she said. "
        "The ferry’s owner denies that. "
        "Rain is expected on the coast tomorrow."
    ),
    title="Ferry sinks off Velm",
    outlet="Coast Wire",
    published="2021-03-01",
)


def test_every_sentence_lies_in_one_stretch_and_a_stretch_is_short() -> None:
    article = Article(text="The tide rose at noon on every one of the islands in the sound. " * 40)
    found = split_stretches(article)
    assert [i for s in found for i in range(s.first, s.last)] == list(range(len(article.sentences)))
    assert max(s.last - s.first for s in found) <= 7
    assert split_stretches(Article(text="")) == []


def test_question_headline_source_and_sentences_are_told_apart() -> None:
    reading = encode_stretch("Was the bow door shut?", HARBOUR, Stretch(2, 4), {2: "Ada Nilsson (Velm)"})
    assert len(reading.ids) == len(reading.types)
    assert reading.question[0] == 1
    assert len(reading.sentences) == 2  # the one before is read with them and not scored
    types = reading.types
    assert {t & (HEAD | SENTENCE) for t in types[slice(*reading.question)]} == {0}
    for first, last in reading.sentences:
        assert all(t & ~(SHARED | TELLING) == SENTENCE for t in types[first:last])
    first, last = reading.sentences[0]
    assert sum(bool(t & SHARED) for t in types[first:last]) >= 3  # bow, door, shut
    before = types[: reading.sentences[0][0]]
    assert SOURCE in {t & ~(SHARED | TELLING) for t in before}
    assert HEAD in {t & ~(SHARED | TELLING) for t in before}


@pytest.mark.parametrize(
    "line", ["Results: " + "3-1, 4-0, " * 12 + "and so on.", "海水淹没了港口和所有岛屿上的房屋。" * 6 + "\n"]
)
def test_a_stretch_of_figures_or_foreign_script_is_still_read(line: str) -> None:
    article = Article(text="\n\n".join([line] * 9), title="Scores")
    for stretch in split_stretches(article):
        reading = encode_stretch("Who won the match on Monday?", article, stretch, {})
        assert len(reading.ids) <= 512
        assert all(first < last for first, last in reading.sentences)
    wanted = [(article, sentence.index) for sentence in article.sentences]
    assert len(score_sentences("Who won the match on Monday?", wanted, {})) == len(wanted)


def test_a_long_question_and_a_long_sentence_are_cut() -> None:
    article = Article(text="word " * 3000, title="headline " * 500)
    reading = encode_stretch("why " * 3000, article, Stretch(0, 1), {0: "speaker " * 200})
    assert len(reading.ids) < 220


def test_a_source_is_who_is_credited_in_the_sentence() -> None:
    said = make_statement(HARBOUR, "The bow door had not been shut", "she", "said", speaker="Ada Nilsson")
    theirs = make_statement(HARBOUR, "that", "owner", "denies", speaker=None, party="Velm Line")
    unsaid = make_statement(HARBOUR, "on the coast", "Rain", "expected", act="other")
    assert find_sources([said, theirs, unsaid]) == {HARBOUR.id: {2: "Ada Nilsson", 3: "(Velm Line)"}}
    named = make_statement(HARBOUR, "that", "owner", "denies", speaker="Velm Line", party="Velm")
    assert find_sources([named]) == {HARBOUR.id: {3: "Velm Line"}}


def test_an_empty_question_breaks_nothing() -> None:
    (logit,) = score_sentences("", [(HARBOUR, 0)], {})
    assert logit == pytest.approx(logit)


def test_the_sentence_that_answers_stands_out() -> None:
    wanted = [(HARBOUR, index) for index in range(len(HARBOUR.sentences))]
    logits = score_sentences("What had gone wrong with the ferry's door?", wanted, {})
    assert logits.index(max(logits)) in (2, 3)


def test_scores_come_back_in_the_order_asked_for() -> None:
    other = Article(text="The mayor opened a school. It has twelve rooms.", title="School opens")
    question = "How many rooms does the school have?"
    one = score_sentences(question, [(other, 1), (HARBOUR, 4), (other, 0)], {})
    two = score_sentences(question, [(HARBOUR, 4), (other, 0), (other, 1)], {})
    assert one[0] == pytest.approx(two[2], abs=0.05)  # batches are padded otherwise
    assert one[0] == max(one)
    assert score_sentences(question, [], {}) == []


def test_half_of_a_surrogate_pair_is_read_as_a_question_mark() -> None:
    article = Article(text="A lone \ud83d mark stands here.")
    assert len(score_sentences("Where does \ud83d stand?", [(article, 0)], {})) == 1
