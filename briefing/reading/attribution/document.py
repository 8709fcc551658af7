"""One text as the tagger and the linker see it: tokens with their offsets, places and quotation state."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from briefing.reading.attribution.quotations import quotation_spans
from briefing.types import Article, Span

# Words keep inner full stops, apostrophes, hyphens and ampersands ("U.S", "Assad’s", "al-Qaida", "AT&T");
# every other sign is a token of its own. The tagger was trained on exactly these tokens.
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*|\S")


@dataclass(frozen=True)
class Document:
    """Token indices count from 0; `sentence_of` and `paragraph_of` give each token its place."""

    text: str
    tokens: tuple[Span, ...]
    words: tuple[str, ...]
    sentence_tokens: tuple[Span, ...]
    sentence_of: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    quoted: tuple[bool, ...]
    quotations: tuple[Span, ...]

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in self.words)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [start for start, _ in self.tokens]

    def characters(self, first: int, stop: int) -> Span:
        """Character span of the tokens first..stop-1."""
        return (self.tokens[first][0], self.tokens[stop - 1][1])

    def token_range(self, start: int, end: int) -> Span:
        """The tokens that lie wholly or partly in [start, end), as (first, stop)."""
        first = max(0, bisect_left(self._token_starts, start) - 1)
        while first < len(self.tokens) and self.tokens[first][1] <= start:
            first += 1
        return first, max(first, bisect_left(self._token_starts, end))


def read_document(article: Article) -> Document:
    """Tokenise `article.text`; time and memory are linear in its length."""
    text = article.text
    tokens = tuple(match.span() for match in _TOKEN.finditer(text))
    sentence_of, ranges = _sentences(article, tokens)
    quotations = tuple(quotation_spans(text))
    return Document(
        text=text,
        tokens=tokens,
        words=tuple(text[a:b] for a, b in tokens),
        sentence_tokens=ranges,
        sentence_of=sentence_of,
        paragraph_of=_paragraphs(text, tokens),
        quoted=_quoted(tokens, quotations),
        quotations=quotations,
    )


def _sentences(article: Article, tokens: tuple[Span, ...]) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    sentence_of: list[int] = []
    ranges: list[Span] = []
    token = 0
    for index, sentence in enumerate(article.sentences):
        first = token
        while token < len(tokens) and tokens[token][0] < sentence.end:
            sentence_of.append(index)
            token += 1
        ranges.append((first, token))
    sentence_of.extend([len(ranges) - 1] * (len(tokens) - token))
    return tuple(sentence_of), tuple(ranges)


def _paragraphs(text: str, tokens: tuple[Span, ...]) -> tuple[int, ...]:
    paragraphs: list[int] = []
    paragraph = position = 0
    for start, end in tokens:
        if "\n" in text[position:start]:
            paragraph += 1
        paragraphs.append(paragraph)
        position = end
    return tuple(paragraphs)


def _quoted(tokens: tuple[Span, ...], quotations: tuple[Span, ...]) -> tuple[bool, ...]:
    state = [False] * len(tokens)
    token = 0
    for start, end in quotations:
        while token < len(tokens) and tokens[token][0] < start:
            token += 1
        while token < len(tokens) and tokens[token][0] < end:
            state[token] = True
            token += 1
    return tuple(state)
