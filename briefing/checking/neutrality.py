"""Loaded wording in one's own voice: words that take a side, outside quotation marks.

A list and word order, no model: the same word is flagged whoever uses it and of whomever.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.checking.quotations import find_quotations
from briefing.reading.words import Word, inside, split_words
from briefing.types import Span

_LIST = Path(__file__).parent.parent / "data" / "loaded_words.txt"
_EXACT = "="

_Entry = tuple[frozenset[str], ...]


def find_loaded(text: str) -> tuple[Span, ...]:
    """The spans of loaded words outside the quotation marks of `text`, in order, none overlapping."""
    quoted = [(quotation.start, quotation.end) for quotation in find_quotations(text)]
    words = [word for word in split_words(text) if not inside((word.start, word.end), quoted)]
    found = []
    index = 0
    while index < len(words):
        length = _longest(words, index)
        if length:
            found.append((words[index].start, words[index + length - 1].end))
        index += max(1, length)
    return tuple(found)


def _longest(words: list[Word], index: int) -> int:
    """How many words from `index` on make the longest entry of the list; 0 for none."""
    best = 0
    for entry in _entries().get(words[index].folded, ()):
        run = words[index : index + len(entry)]
        if len(run) == len(entry) > best and all(
            w.folded in forms for w, forms in zip(run, entry, strict=True)
        ):
            best = len(entry)
    return best


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """First word, in each of its forms -> the entries that begin with it, each word as its set of forms."""
    table: dict[str, list[_Entry]] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        for written in line.split(","):
            words = [word.folded for word in split_words(written)]
            if words:
                exact = written.strip().startswith(_EXACT)
                entry = tuple(frozenset([word]) if exact else _forms(word) for word in words)
                for form in entry[0]:
                    table.setdefault(form, []).append(entry)
    return {first: tuple(entries) for first, entries in table.items()}


def _forms(word: str) -> frozenset[str]:
    """A word with the regular endings of nouns, verbs and adverbs; those that do not exist do no harm."""
    bare = word[:-1] if word.endswith("e") else word
    forms = {word, word + "s", bare + "ed", bare + "ing", word + "ly"}
    if word.endswith(("s", "x", "z", "sh", "ch")):
        forms.add(word + "es")
    if word.endswith("y"):
        forms |= {word[:-1] + ending for ending in ("ies", "ied", "ily")}
    if word[-1] in "bdgmnprt":
        forms |= {word + word[-1] + ending for ending in ("ed", "ing")}
    return frozenset(forms)
