"""Word pieces with the words they are of, for the models that read two texts together."""

from __future__ import annotations

from typing import NamedTuple

from briefing.reading.characters import encodable
from briefing.reading.inference import load_tokenizer
from briefing.reading.words import Word, find_words
from briefing.types import Span


class WordPiece(NamedTuple):
    """`word` is None where the piece is of no word; `telling` is a name or a number, which the uncased
    vocabulary loses: a capital word that does not open the text, or one that begins with a digit."""

    id: int
    span: Span
    word: Word | None
    telling: bool


def read_word_pieces(text: str) -> list[WordPiece]:
    """The pieces of `text` in order, without marks at its ends. Raises ModelFileError."""
    words = find_words(text)
    encoding = load_tokenizer().encode(encodable(text), add_special_tokens=False)
    found, at = [], 0
    for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        while at < len(words) and words[at].end <= start:
            at += 1
        word = words[at] if at < len(words) and words[at].start <= start else None
        telling = word is not None and ((word.capital and at > 0) or word.text[0].isdigit())
        found.append(WordPiece(number, (start, end), word, telling))
    return found
