"""briefing.ingest.cleaning: invisible characters go, everything a reader sees stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.cleaning import clean_line, clean_text, without_comments, without_headline


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\n \n  indented  \t\nend\n\n", "  indented\nend"),
        ("a\x00b\x07c\x0bd\x7fe\x85f\x9fg\th", "abcdefg\th"),
        ("zero\u200bwidth\u200f\u2060\ufeff\u202eflip\u2066", "zerowidthflip"),
        ("half\ud83dpair 😀", "halfpair 😀"),
        ("\r\u200b\n", ""),
        ("“He said “no“”, it’s – «so»… café", "“He said “no“”, it’s – «so»… café"),
        ("non\u00a0breaking\u2009thin", "non\u00a0breaking\u2009thin"),
    ],
)
def test_clean_text(given_text: str, cleaned: str) -> None:
    assert clean_text(given_text) == cleaned


@given(st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t \u200b\ufeff\x00\ud800\x85a"))))
def test_clean_text_is_idempotent(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")


def test_clean_line_is_one_line() -> None:
    assert clean_line(" Talks\r\n resume\u200b\tin \u00a0 Alder ") == "Talks resume in Alder"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- b -->c<!---->d", "acd"),
        ("a<!-- open", "a<!-- open"),
        ("a-->b", "a-->b"),
        ("<!--<!-- x -->y", "y"),
    ],
)
def test_without_comments(text: str, left: str) -> None:
    assert without_comments(text, "<!--", "-->") == left


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        (
            "Wed 05 Apr 2017 Bridge reopens after two years. Cars crossed.",
            "Bridge reopens after two years",
            "Cars crossed.",
        ),
        (
            "Bridge reopens: after two years - Cars crossed.",
            "Bridge reopens, after two years",
            "Cars crossed.",
        ),
        (
            "The bridge reopened on Monday.",
            "Bridge reopens after two years",
            "The bridge reopened on Monday.",
        ),
        ("Talks go on. More.", "Talks go on", "Talks go on. More."),
        (
            "Bridge reopens after two years",
            "Bridge reopens after two years",
            "Bridge reopens after two years",
        ),
        ("x " * 150 + "Bridge reopens after two years. End.", "Bridge reopens after two years", None),
    ],
)
def test_a_headline_repeated_at_the_head_of_the_text_leaves_it(
    text: str, title: str, kept: str | None
) -> None:
    assert without_headline(text, title) == (text if kept is None else kept)
