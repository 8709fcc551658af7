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
    """st sr jr rev etc inc ltd co corp llc plc bros no nos vol fig art sec dept est approx supt insp
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    u.s u.n u.k e.u u.s.a d.c a.m p.m al ph.d b.a m.a ave blvd rd ft mt sq""".split()
)
# Titles and the like are never followed by a sentence end: "Mr. The" does not occur.
_NEVER_LAST = frozenset(
    """mr mrs ms dr prof rev hon gen lt col maj capt cmdr sgt cpl adm brig sen sens rep reps gov messrs mmes
    amb atty vs e.g i.e cf st ft mt""".split()
)
# "Lodi, N.J." and "Jupiter, Fla.": in running text a comma follows them, so that a capital opens a sentence.
_STATES = frozenset(
    """Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla
    Ore Pa Tenn Tex Va Vt Wash Wis Wyo W.Va N.C N.D N.H N.J N.M N.Y R.I S.C S.D D.C B.C Ont""".split()
)
_STARTERS = re.compile(
    r"(?:The|A|An|He|She|It|They|We|I|You|In|On|At|But|And|So|Yet|Or|If|When|While|After|Before|As|For|From|"
    r"This|That|These|Those|There|His|Her|Its|Their|Our|My|What|Who|Why|How|No|Not|Some|Many|One|Two|"
    r"Officials|Reports|Asked|According|However|Meanwhile|Earlier|Later|Mr|Mrs|Ms|Dr)\b"
)
# An end: marks, then closing marks, notes such as [1] and emoji; white space follows, or, where the blank
# was lost ("weapons.When"), a capitalised word. East Asian full stops need no blank. Nothing in it gives
# back what it took, and a run of marks is tried from its first one only: linear for "......" too.
_EMOJI = r"(?: ?[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]++)*+"
_END = re.compile(
    rf"(?<![.!?…؟۔।])[.!?…؟۔।]++[\"”“’'»)\]]*+(?:\[\d{{1,3}}\])*+{_EMOJI}"
    r"(?=\s|(?<=[a-z][a-z]\.)[A-Z][a-z]+[ ,])|[。！？]++[」』”’）]*+"
)
_OPENERS = "\"“‘'«([„"
_DASHES = "—–-―"
_WORD_BEFORE = re.compile(r"[\w.&]+$")
_INITIALS = re.compile(r"(?:[a-z]\.&?)+[a-z]")
# "“Will you go?” Putin asked.": the quotation and who said it are one sentence.
_SPEECH = re.compile(
    r"(?!(?:He|She|They|It|We|I) )(?:[A-Z][\w.'’-]{0,30} ){1,4}"
    r"(?:said|says|asked|asks|wrote|replied|added|told|shouted|tweeted|wondered)"
    r"(?=[.,;:\n]|$| (?:in|on|at|during|before|after|as|to|him|her|them|reporters|again)\b)"
)


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
    after = following
    # What a dash or a quotation mark opens decides: "…!” — the crowd", "… (“which is”".
    while after + 1 < len(text) and (text[after] in _OPENERS or text[after] in _DASHES or text[after] == " "):
        after += 1
    inner = text[after]
    if inner.islower():
        return False
    if not (inner.isalnum() or first in _OPENERS or first in "@#$€£" or first in _DASHES):
        return False
    if first in _DASHES and mark[-1] in "\"”“’'»":
        return False  # "“…” ― Ann Lee": who said it belongs to the quotation
    if mark.startswith("...") or mark[0] == "…":
        return inner.isupper() or inner.isdigit()
    if mark[0] != "." or mark[-1] != ".":
        return not (
            mark[0] in "?!" and mark[-1] in "\"”“’'»" and _SPEECH.match(text, following, following + 150)
        )
    return _full_stop_ends(text, last, match.start(), following)


def _full_stop_ends(text: str, last: int, stop: int, following: int) -> bool:
    """Whether one bare full stop at `stop` ends a sentence, judged by the word before and after it."""
    first = text[following]
    before = _WORD_BEFORE.search(text, max(last, stop - 20), stop)
    written = before.group().strip(".") if before else ""
    word = written.lower()
    if word in _NEVER_LAST:
        return False
    if written in _STATES and before is not None:
        if first in _DASHES or first == "(":
            return False
        if text.endswith(", ", last, before.start()):
            return True
    elif word in ("no", "nos", "art", "sec", "fig", "vol"):
        return not first.isdigit()
    if written in _STATES or word in _ABBREVIATIONS or _INITIALS.fullmatch(word):
        return bool(_STARTERS.match(text, following)) or first in "\"“‘'«„"
    # Initials: "J. Smith", "George W. Bush"; but "Vitamin C. The" and "World War I. He" end.
    if len(word) == 1 and word.isalpha():
        return bool(_STARTERS.match(text, following))
    # A list number at the very start of a line: "1. The first point".
    return not (word.isdigit() and before is not None and before.start() <= last and len(word) <= 2)
