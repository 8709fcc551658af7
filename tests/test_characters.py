"""Characters that no file can hold."""

from __future__ import annotations

import pytest

from briefing.reading.characters import broken_characters, encodable
from briefing.types import Article


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Straße \U0001f600", "Straße \U0001f600"), ("a\ud83db", "a?b"), ("\udcff\ud800", "??")],
)
def test_only_lone_surrogates_become_question_marks(text: str, kept: str) -> None:
    assert encodable(text) == kept


@pytest.mark.parametrize("name", ["text", "title", "outlet", "url"])
def test_the_broken_part_of_an_article_is_named(name: str) -> None:
    fields = {"text": "The port opened.", "title": "Port", "outlet": "Quay", "url": "https://quay.example/1"}
    assert broken_characters(Article(**fields)) == ""
    assert broken_characters(Article(**(fields | {name: "\ud83d"}))).startswith(f"the {name} holds half")
