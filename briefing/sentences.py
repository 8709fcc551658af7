"""Sentence boundaries with exact offsets. Rules and word lists only; linear in the length of the text.

A sentence ends inside a quotation too: a quotation of three sentences is three sentences, because each
may have to be cited alone. A line break always ends a sentence (news text has one paragraph a line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Words that a full stop belongs to. Before these a sentence may still end, but only when the next word
# is one that hardly ever stands inside a name (`_STARTERS`).
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon st sr jr gen lt col maj capt cmdr sgt cpl adm brig sen sens rep reps gov
    messrs mmes amb atty supt insp vs etc inc ltd co corp llc plc bros no nos vol fig art sec dept est approx
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    u.s u.n u.k e.u u.s.a d.c a.m p.m e.g i.e cf al ph.d b.a m.a ave blvd rd ft mt sq""".split()
)
# Titles and the like are never followed by a sentence end: "Mr. The" does not occur.
_NEVER_LAST = frozenset(
    """mr mrs ms dr prof rev hon gen lt col maj capt cmdr sgt cpl adm brig sen sens rep reps gov messrs mmes
    amb vs e.g i.e cf st mt""".split()
)
_STARTERS = re.compile(
    r"(?:The|A|An|He|She|It|They|We|I|You|In|On|At|But|And|So|Yet|Or|If|When|While|After|Before|As|For|From|"
    r"This|That|These|Those|There|His|Her|Its|Their|Our|My|What|Who|Why|How|No|Not|Some|Many|One|Two|"
    r"Officials|Reports|Asked|According|However|Meanwhile|Earlier|Later)\b"
)
_END = re.compile(r"[.!?…]+[\"”“’'»)\]]*(?=\s)")
_OPENERS = "\"“‘'«([„"
_WORD_BEFORE = re.compile(r"[\w.&]+$")


@dataclass(frozen=True)
class SentenceSpan:
    start: int
    end: int
    paragraph: int


def split_sentences(text: str) -> list[SentenceSpan]:
    """Split `text`; spans are in order, never overlap, hold no outer white space, and leave out only it."""
    spans = []
    for paragraph, line in enumerate(re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text)):
        for start, end in _split_line(text, line.start(), line.end()):
            spans.append(SentenceSpan(start, end, paragraph))
    return spans


def _split_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    last = _skip_space(text, start, end)
    for match in _END.finditer(text, start, end):
        following = _skip_space(text, match.end(), end)
        if following >= end or not _is_end(text, last, match, following):
            continue
        yield last, match.end()
        last = following
    while end > last and text[end - 1].isspace():
        end -= 1
    if end > last:
        yield last, end


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _is_end(text: str, last: int, match: re.Match[str], following: int) -> bool:
    mark = match.group()
    first = text[following]
    # A closing mark written as an opening one (“ISIL“ said) still closes when a lower-case word follows.
    if first.islower():
        return False
    inner = text[following + 1] if first in _OPENERS and following + 1 < len(text) else first
    if inner.islower():
        return False
    if not (inner.isalnum() or first in _OPENERS or first in "@#$€£—–-["):
        return False
    if mark.startswith("...") or mark[0] == "…":
        return inner.isupper() or inner.isdigit()
    if mark != ".":
        return True
    return _full_stop_ends(text, last, match.start(), following, first)


def _full_stop_ends(text: str, last: int, stop: int, following: int, first: str) -> bool:
    """Whether one bare full stop at `stop` ends a sentence, judged by the word before and after it."""
    before = _WORD_BEFORE.search(text, max(last, stop - 20), stop)
    word = before.group().lower().strip(".") if before else ""
    if word in _NEVER_LAST:
        return False
    if word in _ABBREVIATIONS:
        if word in ("no", "nos", "art", "sec", "fig", "vol"):
            return not first.isdigit()
        return bool(_STARTERS.match(text, following)) or first in _OPENERS
    # Initials: "J. Smith", "George W. Bush"; but "Vitamin C. The" and "World War I. He" end.
    if len(word) == 1 and word.isalpha():
        return bool(_STARTERS.match(text, following))
    # A list number at the very start of a line: "1. The first point".
    return not (word.isdigit() and before is not None and before.start() <= last and len(word) <= 2)
