"""How aliases are found in a text: an index by first and second word, and the spellings of each word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.reading.parties.rows import Alias

# "U.S." is one word; hyphens, apostrophes and blanks part words, so that al-Qaida equals al Qaida.
WORD = re.compile(r"[UE]\. [SNKU]\.|(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[^\W_]+")
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}|[-\u2010\u2011'’‘ʼ`/+]|\. | & ")
_CAPITALS_BEFORE = re.compile(r"\b([A-Z]{2,}) $")
_CAPITALS_AFTER = re.compile(r" [A-Z]{2,}\b")
# Acronyms that are words in lower case or in a line of capitals.
ALSO_WORDS = frozenset("us is who eta ira cis isi mud sams".split())


@dataclass(frozen=True)
class Entry:
    """An alias ready to match: for each word after the second, the spellings it may have."""

    alias: Alias
    rest: tuple[frozenset[str], ...]


@dataclass
class Bucket:
    """The entries that begin with one word."""

    alone: Entry | None = None
    longer: dict[str, list[Entry]] = field(default_factory=dict)


@lru_cache(maxsize=16384)
def _spellings(word: str, cased: bool) -> frozenset[str]:
    """How a word of an alias may be written. Acronyms as they are; others capitalised or in capitals, and,
    unless `cased`, in lower case."""
    if len(word) > 1 and word.isupper() and word.isalpha():
        dotted = ".".join(word)
        return frozenset((word, dotted, f"{dotted}.", f"{'. '.join(word)}."))
    forms = {word, word.upper()}
    if not cased or word[0].islower():
        forms |= {word.lower(), word.capitalize()}
    return frozenset(forms | {_plain(form) for form in forms})


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def build_index(aliases: Iterable[Alias], lower: bool) -> dict[str, Bucket]:
    """The entries by every spelling of their first word, then of their second; most words first."""
    by_words = {tuple(word.replace(".", "") for word in WORD.findall(a.text)): a for a in aliases}
    found: dict[str, Bucket] = {}
    # The user's aliases come last in `aliases` and must be found first.
    ranked = sorted(enumerate(by_words.items()), key=lambda item: (-len(item[1][0]), -item[0]))
    for _, (words, alias) in ranked:
        spelled = [
            frozenset((w.lower(), _plain(w.lower()))) if lower else _spellings(w, alias.cased) for w in words
        ]
        entry = Entry(alias, tuple(spelled[2:]))
        for first in spelled[0]:
            bucket = found.setdefault(first, Bucket())
            if len(words) == 1 and bucket.alone is None:
                bucket.alone = entry
            for second in spelled[1] if len(words) > 1 else ():
                bucket.longer.setdefault(second, []).append(entry)
    return found


def longest(text: str, first: re.Match[str], bucket: Bucket, lower: bool) -> tuple[Alias, int] | None:
    """The alias of most words that begins at `first`, and where it ends."""
    if bucket.longer and (second := _next_word(text, first.end())) is not None:
        for entry in bucket.longer.get(second.group(), ()):
            end: int | None = second.end()
            for spellings in entry.rest:
                word = _next_word(text, end) if end is not None else None
                end = word.end() if word is not None and word.group() in spellings else None
            if end is not None:
                return entry.alias, end
    if bucket.alone is None or _is_plain_word(text, first, bucket.alone.alias.text, lower):
        return None
    return bucket.alone.alias, first.end()


def _next_word(text: str, end: int) -> re.Match[str] | None:
    gap = _GAP.match(text, end)
    return WORD.match(text, gap.end()) if gap else None


def _is_plain_word(text: str, match: re.Match[str], name: str, lower: bool) -> bool:
    """Whether a match is rather "us" or "who", or such a word in a line of capitals, than the acronym."""
    word = name.replace(".", "")
    if not word.isupper() or (len(word) > 2 and word.lower() not in ALSO_WORDS):
        return False
    if lower:
        return not text.endswith("the ", 0, match.start())
    if word.lower() not in ALSO_WORDS:
        return False
    before = _CAPITALS_BEFORE.search(text, max(0, match.start() - 25), match.start())
    if before is not None:
        return before[1] not in ("AND", "THE")
    # At the start of such a line "US" is the country; "IS" and "WHO" are more often verb and pronoun.
    return word != "US" and _CAPITALS_AFTER.match(text, match.end()) is not None
