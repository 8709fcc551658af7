"""Date-lines are no part of a source."""

from __future__ import annotations

import pytest

from briefing.reading.attribution.datelines import without_dateline
from briefing.reading.statements import find_statements
from briefing.types import Article


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BANGKOK - Ethnic rebels", "Ethnic rebels"),
        ("PORT-AU-PRINCE — Luz Arcilla", "Luz Arcilla"),
        ("TALLINN, Feb 14 (Nordbalt) - The minister", "The minister"),
        ("Kenya - The minister", "Kenya - The minister"),
        ("KENT: The minister", "KENT: The minister"),
        ("BANGKOK - ", "BANGKOK - "),
    ],
)
def test_cuts_only_a_date_line(text: str, rest: str) -> None:
    assert text[slice(*without_dateline(text, (0, len(text))))] == rest


def test_what_does_not_open_a_paragraph_stays() -> None:
    text = "It rained in BANGKOK - Ethnic rebels"
    assert without_dateline(text, (13, len(text))) == (13, len(text))


def test_the_statement_shows_the_speaker_alone() -> None:
    (said,) = find_statements(Article("NAIROBI - Kenya said on Monday that the dam was full."))
    assert (said.mention, said.party) == ("Kenya", "Kenya")
