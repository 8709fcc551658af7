"""Sentence boundaries: golden cases, and what must hold for any text at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sentences import split_sentences

CASES = Path(__file__).parent / "cases" / "sentences"


def read_cases(name: str) -> list[object]:
    rows = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    return [pytest.param(row["text"], row["sentences"], id=row["note"]) for row in rows]


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(("text", "sentences"), read_cases("in_the_wild.jsonl"))
def test_splits_news_text(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(("text", "sentences"), read_cases("negative.jsonl"))
def test_leaves_together_what_is_one_sentence(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(("text", "sentences"), read_cases("known_failures.jsonl"))
def test_known_failures_still_fail(text: str, sentences: list[str]) -> None:
    assert split(text) != sentences, "this case works now: move it to in_the_wild.jsonl"


# Texts made of what decides: marks, openers, capitals, blanks and line ends.
PIECES = st.sampled_from(
    [
        *".!?…\"”“’‘'«»()[]-—– \t\n\r\u2028\u0085\u00a0",
        *"Mr.|U.S.|No.|N.J.| a| A|The |1.|...|。|؟|🎉|said|[1]|.When ".split("|"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_spans_are_ordered_and_leave_out_only_white_space(text: str) -> None:
    spans = split_sentences(text)
    at = 0
    for span in spans:
        assert at <= span.start < span.end
        assert text[at : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert text[at:].strip() == ""
    assert [s.paragraph for s in spans] == sorted(s.paragraph for s in spans)


@given(TEXTS)
def test_no_sentence_crosses_a_line_break(text: str) -> None:
    assert all(len(sentence.splitlines()) == 1 for sentence in split(text))


@pytest.mark.parametrize(
    "unit",
    ["The U.S. envoy, J. Roy, left. “Why?” Ann Roy asked. ", ". ", "...", "!— ", "“.” ", "Mr. ", "? A"],
)
def test_time_is_linear_in_the_length_of_a_paragraph(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        spent = []
        for _ in range(3):
            start = time.process_time()
            split_sentences(text)
            spent.append(time.process_time() - start)
        return min(spent)

    # Four times the text: about four times the time when linear, sixteen when quadratic.
    assert seconds(80_000) < 9 * seconds(20_000) + 0.05
