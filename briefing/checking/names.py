"""Names of a text, and whether the cited sentences have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.checking.alignment import Cited
from briefing.checking.days import is_calendar
from briefing.reading.words import Word, find_words, inside, reporting_stems, stopwords
from briefing.types import Span

Aliases = Callable[[str], str | None]

# Endings that make the adjective or the people of a place: Syria, Syrian; Iraq, Iraqi; Israel, Israelis.
_PEOPLE = frozenset(["n", "ns", "an", "ans", "ian", "ians", "i", "is", "ish", "s"])
_NOT_ITS_PEOPLE = frozenset(
    [("niger", "nigerian"), ("niger", "nigerians"), ("roman", "romanian"), ("roman", "romanians")]
)
# A name by its stem, and the stem of a word in a source that tells as much: who tweets is on Twitter. Not the
# other way round: there are Irish Republicans.
_TOLD_BY = {"republican": "gop", "twitter": "tweet", "constitut": "constitutional"}
_JOINERS = frozenset("of the and al bin for de van von".split())
_AUXILIARIES = frozenset(
    "is was has had will would were are have did does may might could can must should".split()
)
_OPENERS = frozenset("without nothing neither none nobody before after no not never unless".split())
_SHORT = frozenset(["i", "mr", "mrs", "ms", "dr"])
_LONGEST_NAME = 5  # words


@dataclass(frozen=True)
class Name:
    """A run of capitalised words, and those among them that must be borne out."""

    run: tuple[Word, ...]
    asked: tuple[Word, ...]


def find_names(text: str, quoted: Sequence[Span]) -> list[Name]:
    """The names of `text` outside the spans `quoted`; days and months are none."""
    words = find_words(text)
    found = []
    for first, stop in name_runs(words):
        run = words[first:stop]
        asked = tuple(
            w for w in run if w.capital and not is_calendar(w) and not inside((w.start, w.end), quoted)
        )
        if first == 0 and asked[:1] == words[:1] and not _name_at_start(text, words):
            asked = asked[1:]
        found.append(Name(run, asked))
    return found


def wrong_names(names: Sequence[Name], cited: Cited, aliases: Aliases | None) -> list[str]:
    """A reason for each name that no cited sentence holds, itself or (by `aliases`) its party."""
    parties: set[str] | None = None
    reasons = []
    for name in names:
        missing = [w for w in name.asked if not is_known(w, cited)]
        short = [_letters(words) for words in (name.asked, missing) if len(words) > 1]
        if not cited.folded.isdisjoint([*short, *(f"{letters}." for letters in short)]):
            continue  # "South Carolina" for "S.C."
        if missing and aliases is not None:
            parties = parties if parties is not None else _parties(cited, aliases)
            missing = [w for w in missing if not _same_party(name.run, w, aliases, parties)]
        reasons += [f"the name {w.text} is not in the cited sentences" for w in missing]
    return list(dict.fromkeys(reasons))


def name_runs(words: Sequence[Word]) -> list[Span]:
    """Runs of capitalised words as (first, stop); small words inside belong to them ("Bank of England")."""
    runs: list[Span] = []
    index = 0
    while index < len(words):
        if not words[index].capital or words[index].folded in _SHORT:
            index += 1
            continue
        stop = index + 1
        while stop < len(words) and not words[stop].opens:
            if words[stop].capital:
                stop += 1
            elif words[stop].folded in _JOINERS and stop + 1 < len(words) and words[stop + 1].capital:
                stop += 2
            else:
                break
        runs.append((index, min(stop, len(words))))
        index = stop
    return runs


def _name_at_start(text: str, words: Sequence[Word]) -> bool:
    """Whether the first word, capital as every first word is, is a name: "Kerry said", "Kerry: …", "NATO"."""
    first = words[0]
    if first.folded in stopwords() or first.folded in _AUXILIARIES or first.folded in _OPENERS:
        return False
    if len(first.text) > 1 and first.text.isupper():
        return True
    if len(words) == 1:
        return False
    after = words[1]
    if (after.capital and not after.opens) or ":" in text[first.end : after.start]:
        return True
    says = reporting_stems("say", "deny", "believe", "judge", "demand", "describe", "decline")
    return after.stem in says or after.folded in _AUXILIARIES


def is_known(word: Word, cited: Cited) -> bool:
    """Whether a cited sentence holds the name, its people ("Russian" for "Russia"), its initials, or a word
    that tells as much ("GOP" for "Republican")."""
    name = word.folded
    if name in cited.folded or word.stem in cited.stems or name in stopwords():
        return True
    if word.stem in _TOLD_BY and _TOLD_BY[word.stem] in cited.stems:
        return True
    return any(_same_people(name, other) for other in cited.folded if other[:3] == name[:3]) or _initials(
        name, cited
    )


def _same_people(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if (short, long) in _NOT_ITS_PEOPLE or len(short) < 4:
        return False
    return long.startswith(short) and long[len(short) :] in _PEOPLE


def _initials(name: str, cited: Cited) -> bool:
    """Whether `name` abbreviates a name of the cited sentences, or is a word of a name they abbreviate."""
    name = name.rstrip(".")
    if not 2 <= len(name) <= 5:
        return False
    for words in cited.words:
        for first, stop in name_runs(words):
            if name in _letters(words[first:stop]) and stop - first > 1:
                return True
    return False


def _parties(cited: Cited, aliases: Aliases) -> set[str]:
    found = set[str]()
    for text, words in zip(cited.texts, cited.words, strict=True):
        for first, stop in name_runs(words):
            for a in range(first, stop):
                for b in range(a + 1, min(stop, a + _LONGEST_NAME) + 1):
                    party = aliases(_written(text, words, a, b))
                    if party:
                        found.add(party)
    return found


def _written(text: str, words: Sequence[Word], first: int, stop: int) -> str:
    """The words as written, full stops of an abbreviation kept, possessive ending off."""
    end = words[stop - 1].end
    if "." in words[stop - 1].text and text[end : end + 1] == ".":
        end += 1
    return re.sub(r"['’]s$", "", text[words[first].start : end])


def _same_party(run: Sequence[Word], word: Word, aliases: Aliases, parties: set[str]) -> bool:
    """Whether words of `run` around `word` name a party that the cited sentences name too."""
    at = run.index(word)
    for a in range(max(0, at - _LONGEST_NAME + 1), at + 1):
        for b in range(at + 1, min(len(run), a + _LONGEST_NAME) + 1):
            name = " ".join(re.sub(r"['’]s$", "", w.text) for w in run[a:b])
            if aliases(name) in parties:
                return True
    return False


def same_name(one: str, other: str, aliases: Aliases | None) -> bool:
    """Whether two names share the last word ("Sergei Lavrov", "Lavrov"), or one party by `aliases`, or one
    is the other's initials."""
    if aliases is not None and (party := aliases(one)) and party == aliases(other):
        return True
    if _abbreviates(one, other) or _abbreviates(other, one):
        return True
    small = stopwords() | _JOINERS
    first = {w.folded for w in find_words(one) if w.folded not in small}
    second = {w.folded for w in find_words(other) if w.folded not in small}
    if first & second:
        return one.casefold() == other.casefold() or _last(one) in second or _last(other) in first
    # "Russia" and "the Russians"; not the Russian embassy and Russia's ministry.
    return min(len(first), len(second)) == 1 and any(_same_people(a, b) for a in first for b in second)


def _letters(words: Sequence[Word]) -> str:
    """The initials of the capitalised words."""
    return "".join(word.folded[0] for word in words if word.capital)


def _abbreviates(short: str, name: str) -> bool:
    letters = _letters(find_words(name))
    return len(letters) > 1 and short.replace(".", "").casefold().removeprefix("the ") == letters


def _last(name: str) -> str:
    words = find_words(name)
    return words[-1].folded if words else ""
