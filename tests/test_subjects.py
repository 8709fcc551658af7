"""The subject right before a cue, and refusals to comment."""

from __future__ import annotations

import pytest

from briefing.reading.attribution.subjects import refusals, subject_of


def subject(text: str, cue: str) -> str | None:
    start = text.index(cue)
    found = subject_of(text, (start, start + len(cue)))
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("But Oman, which hosted the talks, insisted they had gone well.", "insisted", "Oman"),
        ("The dam is full. The Red Crescent appealed for boats.", "appealed for", "The Red Crescent"),
        ("It rained; the mayor of Gulu denied that anybody had drowned.", "denied", "the mayor of Gulu"),
        ("“No,” he said. Kenya has repeatedly denied it.", "denied", "Kenya"),
    ],
)
def test_finds_the_subject_that_opens_the_sentence(text: str, cue: str, expected: str) -> None:
    assert subject(text, cue) == expected


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The bridge is expected to open in May.", "is expected"),
        ("When Kenya said no, Uganda turned to Chad.", "turned"),
        ("According to officials the mayor said so when asked.", "asked"),
        ("The road that Kenya said was open is shut.", "said"),
    ],
    ids=["passive", "not a reporting verb", "no subject of its own", "inside a clause"],
)
def test_leaves_alone_what_is_no_plain_subject(text: str, cue: str) -> None:
    assert subject(text, cue) is None


def test_a_refusal_to_comment_is_found_by_its_wording() -> None:
    text = "It was hot. Ethiopian officials did not immediately respond to requests for comment."
    ((source, cue, content),) = refusals(text)
    assert text[slice(*source)] == "Ethiopian officials"
    assert text[slice(*cue)] == "did not immediately respond"
    assert text[slice(*content)] == "to requests for comment"


def test_not_answering_to_something_else_is_no_refusal() -> None:
    assert list(refusals("The brakes did not respond to the driver.")) == []
