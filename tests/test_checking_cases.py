"""Attacks on the verifier and fair rewordings, as rows: each attack with its label and the reason shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.checking.citations import verify

_CASES = Path(__file__).parent / "cases" / "checking"


def _rows(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (_CASES / name).read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["kind"]) for row in rows]


@pytest.mark.parametrize("row", _rows("attacks.jsonl"))
def test_an_attack_is_caught_and_the_reason_says_what_is_wrong(row: dict[str, Any]) -> None:
    verdict = verify(row["text"], row["sentences"])
    assert verdict.label == row["label"], verdict.reasons
    assert any(row["reason"] in reason for reason in verdict.reasons), verdict.reasons
    assert not verdict.supported
    assert 0.0 <= verdict.score < 1.0


@pytest.mark.parametrize("row", _rows("clean.jsonl"))
def test_a_fair_rewording_is_supported(row: dict[str, Any]) -> None:
    verdict = verify(row["text"], row["sentences"])
    assert verdict.supported, verdict.reasons
    assert verdict.reasons == ()
    assert verdict.score >= 0.7


@pytest.mark.parametrize("row", _rows("known_failures.jsonl"))
def test_what_we_cannot_do_yet_is_written_down(row: dict[str, Any]) -> None:
    """When one of these begins to pass, move it to the attacks or the clean rows."""
    assert verify(row["text"], row["sentences"]).label != row["label"], row["why"]


@pytest.mark.parametrize("row", _rows("attacks.jsonl"))
def test_the_sentences_of_an_attack_support_themselves(row: dict[str, Any]) -> None:
    for sentence in row["sentences"]:
        if sentence.strip():
            verdict = verify(sentence, row["sentences"])
            assert (verdict.label, verdict.score, verdict.reasons) == ("supported", 1.0, ())
