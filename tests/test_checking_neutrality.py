"""Loaded wording is found in our own voice, not in a quotation."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing.checking.neutrality as neutrality
from briefing.checking.neutrality import find_loaded


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_loaded(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The regime’s thugs fled.", ["regime’s", "thugs"]),
        ("The so-called republic sent an envoy.", ["so-called"]),
        ("Rebels liberated the town from a puppet government.", ["liberated", "puppet government"]),
        ("The minister lashed out at the mayor.", ["lashed out"]),
        ("The mayor slammed the plan in a scathing letter.", ["slammed", "scathing"]),
        ("A heroic defence ended in a bloodbath.", ["heroic", "bloodbath"]),
        ("MARTYRS of the savage war", ["MARTYRS", "savage"]),
        ("The rhetoric of radicals grew shriller.", ["radicals"]),
    ],
)
def test_loaded_words_in_our_own_voice(text: str, found: list[str]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Aircraft struck three depots near the port on Wednesday.",
        "The minister said the talks would go on and denied any delay.",
        "The blast killed four soldiers and wounded two.",
        "Parliament passed the bill at a rate of one a day.",
        "Bulls and rates rose, traders said.",
        "",
    ],
)
def test_plain_wording_is_left_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "«{}»", "„{}“", "“{}“", "‘{}’"])
def test_words_inside_quotation_marks_are_the_speakers(quoted: str) -> None:
    marked = quoted.format("the brutal regime")
    assert _found(f"He spoke of {marked} in a brutal speech.") == ["brutal"]


def test_every_entry_of_the_list_is_found() -> None:
    path = Path(neutrality.__file__).parent.parent / "data" / "loaded_words.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    entries = [entry.strip().lstrip("=") for line in lines for entry in line.split(",") if entry.strip()]
    assert len(entries) > 400
    assert len(entries) == len(set(entries))
    assert [entry for entry in entries if not find_loaded(f"They saw {entry} there")] == []


@given(st.text(max_size=200))
def test_spans_are_in_order_inside_the_text_and_apart(text: str) -> None:
    spans = find_loaded(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
