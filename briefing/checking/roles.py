"""Whether names stand in each other's places: "Turkey warned Syria" is not "Syria warned Turkey"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.checking.alignment import Cited
from briefing.checking.days import is_calendar
from briefing.checking.names import Aliases, is_known, name_runs, same_name
from briefing.checking.speech import BEING
from briefing.reading.words import (
    Word,
    content_words,
    find_words,
    fold,
    past_forms,
    reporting_stems,
    stem,
    stopwords,
)

_CUT = re.compile(r";|,?\s(?:while|whereas|but|although|though)\s", re.IGNORECASE)
_BACK = frozenset("he she it they him them i we".split())
_MUTUAL = frozenset(stem(w) for w in "meet talk fight clash join agree meeting battle face".split())
_TRIPLE = 8  # words from the first of three content words to the last
_SUBJECT = 6  # words before a verb among which its subject is looked for
_OPENING = 3  # words of a clause among which its subject stands
_NEARLY_ALL = 0.8  # of a text's words without its names
_FEWEST = 3


@dataclass(frozen=True)
class _Pair:
    """Two neighbouring names of one sentence and the words between them."""

    first: str
    second: str
    between: frozenset[str]
    passive: bool


def changed_places(text: str, cited: Cited, aliases: Aliases | None) -> str | None:
    """A reason where the cited sentences have two names of `text` the other way round about the same word."""
    theirs = [pair for source in cited.texts for pair in _pairs(source)]
    for mine in _pairs(text):
        about = [pair for pair in theirs if pair.between & mine.between]
        alike = [pair for pair in about if pair.passive == mine.passive]
        straight = any(_is(pair, mine.first, mine.second, aliases) for pair in alike)
        if not straight and any(_is(pair, mine.second, mine.first, aliases) for pair in alike):
            return f"the cited sentences have {mine.first} and {mine.second} the other way round"
    return None


def moved_name(text: str, cited: Cited, aliases: Aliases | None) -> str | None:
    """A reason where a sentence that holds nearly all else of `text` has another name in a name's place.

    The name of `text` stands in another cited sentence or clause only: "Norway agreed to take 300" where
    Denmark did and Norway asked for more time. A clause that points back ("he", "its") may mean anybody.
    """
    words = find_words(text)
    runs = [words[a:b] for a, b in name_runs(words)]
    mine = {word.folded for run in runs for word in run}
    asked = {w.stem for w in content_words(words) if w.folded not in mine and w.stem != "say"}
    if not runs or len(asked) < _FEWEST or not cited.few:
        return None
    for clause in _clauses(cited):
        known = Cited((clause,), (clause,), cited.granted)
        if len(asked & known.stems) < _NEARLY_ALL * len(asked):
            continue
        theirs = find_words(clause)
        if any(word.folded in _BACK for word in theirs[:_OPENING]):
            return None
        named = [run for run in runs if _is_name(run, cited, aliases) and is_known(run[-1], cited)]
        strange = [run for run in named if not is_known(run[-1], known)]
        free = [
            other
            for other in (theirs[a:b] for a, b in name_runs(theirs))
            if other[-1].folded not in mine
            and _is_name(other, cited, aliases)
            and not all(map(is_calendar, other))
        ]
        for run in strange:
            if _told_of_same(run, cited):
                continue
            name = _written(run)
            if free and not any(same_name(name, _written(other), aliases) for other in free):
                return f"the cited sentence has {_written(free[0])} there, not {name}"
        return None
    return None


def other_subject(text: str, cited: Cited, aliases: Aliases | None) -> str | None:
    """A reason where the cited sentences have another name before the same verb: "Emil knocked out power".

    Word order alone: only where the name of `text` stands nowhere before that verb, and no pronoun does.
    """
    words = find_words(text)
    runs = name_runs(words)
    if not runs or runs[0][0] > 2 or not cited.few:
        return None
    first, stop = runs[0]
    name, verb = words[first:stop], words[stop] if stop < len(words) else None
    if verb is None or verb.opens or verb.stem in reporting_stems("say", "deny") or not _is_verb(verb):
        return None
    for theirs in cited.words:
        for at, word in enumerate(theirs):
            if word.stem != verb.stem or _is_passive(theirs, at):
                continue
            before = theirs[max(0, at - _SUBJECT) : at]
            if any(w.folded in _BACK for w in before) or any(_same(w, name, aliases) for w in theirs[:at]):
                return None
            others = [before[a:b] for a, b in name_runs(before) if _is_name(before[a:b], cited, aliases)]
            others = [run for run in others if not all(map(is_calendar, run))]
            if others and not any(same_name(_written(name), _written(o), aliases) for o in others):
                return f"the cited sentence has {_written(others[-1])} there, not {_written(name)}"
    return None


def _is_verb(word: Word) -> bool:
    """Whether a word looks like a verb in the past: "froze", "resigned"."""
    return word.folded.endswith("ed") or word.folded in past_forms()


def _is_passive(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].folded in BEING


def _same(word: Word, name: Sequence[Word], aliases: Aliases | None) -> bool:
    """Whether a word of a cited sentence is the last word of a name, or of its people or party."""
    return word.capital and same_name(word.text, name[-1].text, aliases)


def _told_of_same(run: Sequence[Word], cited: Cited) -> bool:
    """Whether a sentence that has the name points back with its subject: "He rejected the Russian view"."""
    return any(
        any(w.folded == run[-1].folded for w in words) and any(w.folded in _BACK for w in words[:_OPENING])
        for words in cited.words
    )


def turned_about(text: str, cited: Cited) -> str | None:
    """A reason where a cited sentence has two things the other way round about a word: "the family paid the
    kidnappers". Names are `changed_places`'s concern; what happens between two alike ("met") is no turn."""
    mine = _triples(find_words(text))
    theirs = {triple for words in cited.words for triple in _triples(words)}
    for first, verb, second, passive in sorted(mine - theirs):
        if (second, verb, first, passive) in theirs and verb not in _MUTUAL:
            return f"the cited sentences have “{first}” and “{second}” the other way round"
    return None


def _triples(words: Sequence[Word]) -> set[tuple[str, str, str, bool]]:
    """(word, word between, word, whether "by" stands before the last) of plain words near each other."""
    content = [i for i, w in enumerate(words) if w.folded not in stopwords() and not w.text[0].isdigit()]
    found = set()
    for left, middle, right in zip(content, content[1:], content[2:], strict=False):
        run = words[left : right + 1]
        if any(w.opens for w in run[1:]) or right - left > _TRIPLE or any(w.capital for w in run):
            continue
        if any(w.folded in ("and", "or", "between", "of") for w in run):
            continue
        passive = any(w.folded == "by" for w in words[middle:right])
        found.add((words[left].stem, words[middle].stem, words[right].stem, passive))
    return found


def _is_name(run: Sequence[Word], cited: Cited, aliases: Aliases | None) -> bool:
    """Whether a run is more than the word that opens a sentence."""
    if run[0].start or len(run) > 1:
        return run[-1].folded not in stopwords()
    if aliases is not None and aliases(run[0].text):
        return True
    return any(w.start and w.text == run[0].text for words in cited.words for w in words)


def _written(run: Sequence[Word]) -> str:
    return " ".join(word.text for word in run if word.start or word.folded not in stopwords())


def _clauses(cited: Cited) -> list[str]:
    """The cited sentences, cut where another subject may begin; the parts before the whole."""
    found: list[str] = []
    for text in cited.texts:
        parts = [part.strip() for part in _CUT.split(text) if part.strip()]
        found += parts if len(parts) > 1 else []
    return [*found, *cited.texts]


def _is(pair: _Pair, first: str, second: str, aliases: Aliases | None) -> bool:
    return same_name(pair.first, first, aliases) and same_name(pair.second, second, aliases)


def _pairs(text: str) -> list[_Pair]:
    words = find_words(text)
    runs = [(a, b) for a, b in name_runs(words) if not all(is_calendar(w) for w in words[a:b])]
    pairs = []
    for (first, stop), (second, end) in pairwise(runs):
        middle = words[stop:second]
        stems = frozenset(word.stem for word in content_words(middle) if word.stem != "say")
        quoted = any(mark in fold(text[words[stop - 1].end : words[second].start]) for mark in ('"', "''"))
        if stems and not quoted:
            one = text[words[first].start : words[stop - 1].end]
            other = text[words[second].start : words[end - 1].end]
            pairs.append(_Pair(one, other, stems, any(word.folded == "by" for word in middle)))
    return pairs
