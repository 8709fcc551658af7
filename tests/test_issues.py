"""What one statement holds on the questions that sides disagree about."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.analysis.issues import Issue, View, find_view, load_issues
from briefing.reading.parties import load_lexicon
from tests.factories import make_article, make_statement


def issue(question: str) -> Issue:
    return next(i for i in load_issues() if i.question == question)


def view(question: str, said: str, **fields: Any) -> View | None:
    article = make_article(f"Oman said {said}.")
    statement = make_statement(article, said, "Oman", "said", party="Oman", **fields)
    return find_view(statement, issue(question), load_lexicon())


def test_every_issue_is_a_question_of_a_known_kind() -> None:
    issues = load_issues()
    assert len({i.question for i in issues}) == len(issues) >= 10
    for one in issues:
        assert one.question.endswith("?")
        assert one.kind in ("target", "stance", "number")
        assert one.about or one.maybe


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("its planes struck Islamic State", {"Islamic State"}),
        ("its planes struck the Syrian opposition", {"Syrian opposition"}),
        ("its planes hit a hospital", {"civilians"}),
        ("its planes hit terrorists", {"terrorists"}),
        ("its planes hit rebels and a school", {"opposition", "civilians"}),
    ],
)
def test_who_was_hit(said: str, held: set[str]) -> None:
    found = view("Who was hit?", said)
    assert found is not None
    assert found.held == held


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("40 people were killed", {"40"}),
        ("twelve people were killed", {"12"}),
        ("1,200 people died", {"1200"}),
        ("a dozen people died", {"12"}),
    ],
)
def test_numbers_in_digits(said: str, held: set[str]) -> None:
    found = view("How many died?", said)
    assert found is not None
    assert found.held == held


@pytest.mark.parametrize("said", ["people were killed in 2015", "people were killed", "the road was shut"])
def test_no_number_no_view(said: str) -> None:
    assert view("How many died?", said) is None


@pytest.mark.parametrize(
    ("said", "fields", "denies"),
    [
        ("the army used chlorine", {}, False),
        ("the army did not use chlorine", {}, True),
        ("the army never used chlorine", {}, True),
        ("the army used chlorine", {"act": "deny"}, True),
        ("the army never used chlorine", {"act": "deny"}, False),
        ("the report of chlorine was false", {}, True),
        ("the army didn’t use chlorine", {}, True),
        (
            "chlorine was used, and the road, which runs by the sea for ninety kilometres and more, "
            "as everybody on this coast knows, was not shut",
            {},
            False,
        ),
    ],
)
def test_two_denials_are_none_and_a_far_one_is_about_something_else(
    said: str, fields: dict[str, Any], denies: bool
) -> None:
    found = view("Were chemical weapons used?", said, **fields)
    assert found is not None
    assert found.denies is denies


@pytest.mark.parametrize(
    "said",
    [
        "the army would pay if chlorine was used",
        "if chlorine was used it would be told",
        "whether chlorine was used",
    ],
)
def test_what_is_only_supposed_is_no_view(said: str) -> None:
    assert view("Were chemical weapons used?", said) is None


def test_a_statement_that_is_silent_on_an_issue_has_no_view() -> None:
    assert view("Were chemical weapons used?", "the road was open") is None


def test_what_a_view_is_about_are_its_longer_words_and_parties() -> None:
    found = view("Were chemical weapons used?", "Syria used chlorine in the valley")
    assert found is not None
    assert {"Syria", "Oman", "chlori", "valley"} <= found.words
    assert "said" not in found.words
