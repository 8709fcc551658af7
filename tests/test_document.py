"""Tokens, and where each of them stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.attribution.document import read_document
from briefing.types import Article

TEXT = "“We stay,” Ana said.\nU.S. aid came. Al-Shabaab’s men left."


def test_words_keep_inner_full_stops_apostrophes_and_hyphens() -> None:
    words = read_document(Article("U.S. aid, AT&T, Assad’s al-Qaida men: 12,000 (left)…")).words
    assert words == (
        *("U.S", ".", "aid", ",", "AT&T", ",", "Assad’s", "al-Qaida", "men", ":"),
        *("12", ",", "000", "(", "left", ")", "…"),
    )


def test_each_token_knows_its_sentence_paragraph_and_quotation() -> None:
    document = read_document(Article(TEXT))
    place = dict(
        zip(document.words, zip(document.sentence_of, document.paragraph_of, strict=True), strict=True)
    )
    assert (place["Ana"], place["aid"], place["men"]) == ((0, 0), (1, 1), (2, 1))
    inside = [word for word, quoted in zip(document.words, document.quoted, strict=True) if quoted]
    assert inside == ["We", "stay", ","]


def test_characters_of_a_run_of_tokens() -> None:
    document = read_document(Article(TEXT))
    first = document.words.index("U.S")
    start, end = document.characters(first, first + 3)
    assert TEXT[start:end] == "U.S. aid"


@pytest.mark.parametrize(("words", "tokens"), [("Ana said", 2), ("na sa", 2), (" ", 0), ("said.\nU", 3)])
def test_tokens_of_a_run_of_characters_wholly_or_partly_in_it(words: str, tokens: int) -> None:
    document = read_document(Article(TEXT))
    start = TEXT.index(words)
    first, stop = document.token_range(start, start + len(words))
    assert stop - first == tokens


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n"])
def test_a_text_without_words_has_no_tokens(text: str) -> None:
    document = read_document(Article(text))
    assert (document.tokens, document.sentence_of, document.quoted) == ((), (), ())


@given(st.text(max_size=120))
def test_tokens_cover_all_but_white_space_once_and_in_order(text: str) -> None:
    document = read_document(Article(text))
    assert "".join(document.words) == "".join(text.split())
    end = 0
    for (start, stop), word in zip(document.tokens, document.words, strict=True):
        assert end <= start < stop
        assert text[start:stop] == word
        end = stop
    lengths = {len(document.sentence_of), len(document.paragraph_of), len(document.quoted)}
    assert lengths == {len(document.tokens)}
    assert list(document.sentence_of) == sorted(document.sentence_of)
    assert document.lower == tuple(word.lower() for word in document.words)
