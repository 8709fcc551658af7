"""Statements inside statements: known through the outer speaker only."""

from __future__ import annotations

import pytest

from briefing.reading.attribution.nested import Inner
from briefing.reading.statements import find_statements
from briefing.types import Article, Statement


def nested(text: str) -> list[Statement]:
    return [inner for outer in find_statements(Article(text)) for inner in outer.nested]


def test_what_somebody_is_said_to_have_said_is_kept_inside() -> None:
    text = (
        "Kenyan Foreign Minister Grace Wanjiru said Uganda's president had told her the dam would be opened "
        "in May."
    )
    (inner,) = nested(text)
    assert inner.mention == "Uganda's president"
    assert inner.party == "Uganda"
    assert inner.content.endswith("the dam would be opened in May")
    (outer,) = find_statements(Article(text))
    assert outer.party == "Kenya"
    assert outer.content_spans[0][0] <= inner.source_spans[0][0] < outer.content_spans[-1][1]


def test_an_aside_in_brackets_is_a_belief_told_by_the_outer_speaker() -> None:
    text = "“If they leave, (Okello believes) the whole valley is lost before winter,” the doctor said."
    (inner,) = nested(text)
    assert (inner.mention, inner.cue, inner.kind) == ("Okello", "believes", "belief")
    assert inner.content == "the whole valley is lost before winter,"


def test_a_pronoun_inside_is_nobody_certain() -> None:
    text = (
        "Kenyan Foreign Minister Grace Wanjiru said the mayor was angry because he had said the road would "
        "stay open."
    )
    inner = nested(text)
    assert [(s.mention, s.speaker) for s in inner] == [("he", None)]


def test_i_inside_a_statement_is_its_speaker(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“I said that the road is closed,” the Kenyan envoy Peter Lado said."
    inner = Inner(0, ((1, 2),), ((3, 7),), ((8, 31),))
    monkeypatch.setattr("briefing.reading.statements.find_inner", lambda *_: [inner])
    (said,) = nested(text)
    assert (said.mention, said.cue, said.content) == ("I", "said", "that the road is closed")
    assert (said.speaker, said.party) == ("Peter Lado", "Kenya")


def test_a_plain_statement_holds_no_other() -> None:
    assert nested("Kenya said the dam was full and the road was closed.") == []
