"""Whether two names have changed places: "Turkey warned Syria" is not "Syria warned Turkey"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from briefing.checking.alignment import Cited
from briefing.checking.names import Aliases, name_runs, same_name
from briefing.reading.words import content_words, find_words, fold


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


def _is(pair: _Pair, first: str, second: str, aliases: Aliases | None) -> bool:
    return same_name(pair.first, first, aliases) and same_name(pair.second, second, aliases)


def _pairs(text: str) -> list[_Pair]:
    words = find_words(text)
    runs = name_runs(words)
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
