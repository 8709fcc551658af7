"""What the selector learns from: our questions, with the sentences that answer them."""

from __future__ import annotations

import pytest

from briefing.types import Article
from evals.answers import read_questions
from training.selection_rows import UNKNOWN, Corpus, lessons_of, read_rows

LONG = Article(
    text="".join(f"The lock keeper wrote line {number} into the harbour book. " for number in range(20))
)
SHORT = Article(text="The keeper slept. The tide rose. The gate stood open.")
CORPUS = Corpus([LONG, SHORT], {LONG.id: {9: "Ada Nilsson"}})


def test_every_sentence_of_the_own_article_is_judged_and_of_others_only_what_somebody_read() -> None:
    row = {
        "article": 0,
        "question": "What stands in line 9?",
        "right": [9],
        "elsewhere": {"1": {"right": [2], "wrong": [0]}},
    }
    *own, other = list(lessons_of(row, CORPUS))
    answers = [answer for lesson in own for answer in lesson.answers]
    assert answers == [float(index == 9) for index in range(20)]
    assert other.answers == (0.0, UNKNOWN, 1.0)
    assert all(len(lesson.answers) == len(lesson.reading.sentences) for lesson in (*own, other))


def test_a_question_that_nothing_answers_teaches_too() -> None:
    (lesson,) = lessons_of({"article": 1, "question": "Who opened the gate?", "right": []}, CORPUS)
    assert lesson.answers == (0.0, 0.0, 0.0)


def test_what_nobody_judged_is_no_lesson() -> None:
    row = {"article": 1, "question": "Why?", "right": [1], "elsewhere": {"0": {}}}
    assert len(list(lessons_of(row, CORPUS))) == 1


def test_our_questions_are_well_formed() -> None:
    rows = read_rows()
    assert len(rows) > 5000
    for row in rows:
        assert row["on"] in ("fa_kes", "polnear")
        assert row["question"] == row["question"].strip() != ""
        assert bool(row["right"]) == (row["kind"] != "unanswerable")
        assert row["right"] == sorted(set(row["right"]))


def test_no_question_that_we_measure_by_is_learned_from() -> None:
    measured = {
        row["question"] for on in ("samples", "seed", "fa_kes", "polnear") for row in read_questions(on)
    }
    assert len(measured) > 400
    assert measured.isdisjoint(row["question"] for row in read_rows())


@pytest.mark.parametrize("kind", ["who-said", "position", "factual", "yes-no", "date-bound", "unanswerable"])
def test_there_are_questions_of_every_kind(kind: str) -> None:
    assert sum(row["kind"] == kind for row in read_rows()) > 200
