"""What a statement does with its content."""

from __future__ import annotations

import pytest

from briefing.reading.attribution.reporting import find_verb, is_negated
from briefing.reading.attribution.stances import find_stance


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("said", "the bridge was open", "states"),
        ("insisted", "the bridge was open", "states"),
        ("denied", "that the bridge was open", "denies"),
        ("rejected", "the charge", "denies"),
        ("did not deny", "the charge", "no comment"),
        ("confirmed", "that the bridge was open", "affirms"),
        ("has acknowledged", "a mistake", "affirms"),
        ("could not confirm", "the number", "no comment"),
        ("declined to comment", "on the number", "no comment"),
        ("had no comment on", "the number", "no comment"),
        ("refused to say", "when the vote would be held", "no comment"),
        ("did not say", "when", "no comment"),
        ("said", "it would answer if a shell crossed the border", "conditional"),
        ("warned", "the ships would be fired on unless they left", "conditional"),
        ("asked", "whether the road was open", "states"),
        ("said", "even if it rained, the road was open", "states"),
        ("said", "if nothing else, you must rebuild the bridge", "states"),
        ("said", "the report was false", "denies"),
        ("said", "the report was not false", "states"),
        ("", "We stay.", "states"),
    ],
)
def test_the_cue_decides_before_the_content(cue: str, content: str, stance: str) -> None:
    assert find_stance(find_verb(cue), cue, content) == stance


@pytest.mark.parametrize(
    ("cue", "negated"),
    [("did not say", True), ("hasn’t said", True), ("never said", True), ("said", False), ("noted", False)],
)
def test_a_cue_that_says_something_was_not_said(cue: str, negated: bool) -> None:
    assert is_negated(cue) is negated
