"""Whether the numbers of a text stand in the cited sentences, with unit, hedge and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.checking.alignment import Cited
from briefing.checking.coverage import synonyms
from briefing.checking.names import name_runs
from briefing.reading.numbers import Number, find_numbers
from briefing.reading.words import inside, stem
from briefing.types import Span

_SHARES = ("%", "percentage point")
_FEW_RIVALS = 20  # numbers near one word that are looked at
# "The two had never met", "these three men": those just named, of whom no sentence need give the number.
_THE_SAME = re.compile(r"\b(?:the|these|those) $", re.IGNORECASE)
_NAMED_TOGETHER = {"two": 2, "three": 3, "four": 4}
_NAMED = frozenset(
    stem(word)
    for word in "side party country government leader minister official diplomat politician president "
    "candidate contender rival man woman brother sister".split()
)
# A crowd of any kind may be called these.
_ANYBODY = frozenset(stem(word) for word in "people person others men women civilians".split())


def wrong_numbers(text: str, quoted: Sequence[Span], cited: Cited) -> list[str]:
    """A reason for each number of `text`, outside the spans `quoted`, that the sentences do not bear out."""
    sources = cited.texts
    mine = _distinct(number for number in find_numbers(text) if not inside(number.span, quoted))
    if not mine:
        return []
    by_value: dict[float | None, list[Number]] = {}
    by_word: dict[str, list[Number]] = {}
    for number in _distinct(number for source in sources for number in find_numbers(source)):
        by_value.setdefault(number.value, []).append(number)
        for word in sorted(number.counted):
            by_word.setdefault(word, []).append(number)
    every: dict[str, list[Number]] = {}
    for numbers in by_value.values():
        for other in numbers:
            for word in other.near:
                every.setdefault(word, []).append(other)
    reasons = []
    for number in mine:
        if number.value not in by_value and _takes_up(number, text, cited):
            continue
        same = [other for other in by_value.get(number.value, ()) if _same_vague(number, other)]
        alike = [other for word in sorted(number.counted) for other in by_word.get(word, ())]
        others = [other for other in alike if other.value != number.value]
        # "47 percent to 44", "by 9.2 points, 49.2 percent to 40"
        if not number.unit and any(other.unit == "%" for other in mine):
            same = [replace(other, unit="") if other.unit.startswith(_SHARES) else other for other in same]
        reasons.append(_problem(number, same, others) or _moved(number, same, every, cited))
    return list(dict.fromkeys(reason for reason in reasons if reason))


def _takes_up(number: Number, text: str, cited: Cited) -> bool:
    """Whether a number only takes up those named in the cited sentences ("the two"), which give no number."""
    wanted = _NAMED_TOGETHER.get(number.text.lower(), 0)
    if not wanted or number.unit or (number.counted and not number.counted & _NAMED):
        return False
    if _THE_SAME.search(text[: number.span[0]]) is None:
        return False
    if any(other.text.lower() in _NAMED_TOGETHER for source in cited.texts for other in find_numbers(source)):
        return False
    named = {words[stop - 1].folded for words in cited.words for _, stop in name_runs(words)}
    return len(named) >= wanted


def _distinct(numbers: Iterable[Number]) -> list[Number]:
    return list({(n.text.lower(), n.value, n.unit, n.counted, n.hedge): n for n in numbers}.values())


def _problem(number: Number, same: list[Number], others: list[Number]) -> str | None:
    """What is wrong with `number`: `same` have its value, `others` count the same thing differently."""
    lone_one = number.value == 1 and number.text.lower() == "one"
    if not same and not lone_one:
        return f"the number {_shown(number)} is not in the cited sentences"
    if number.unit and not lone_one and all(other.unit != number.unit for other in same):
        return f"the number {_shown(number)} has another unit in the cited sentences"
    if not number.unit and same and all(other.unit == "%" for other in same):
        return f"the number {number.text} is a percentage in the cited sentences"
    if not number.unit and number.counted and same and all(other.unit for other in same):
        return f"the number {number.text} is one of {same[0].unit} in the cited sentences"
    fits = any(not other.counted or other.counted & number.counted for other in same)
    if others and not fits and not (lone_one and any(other.value is None for other in others)):
        return f"the cited sentences count {others[0].text} there, not {number.text}"
    if same and all(other.hedge != number.hedge for other in same):
        return f"the cited sentences hedge the number {number.text} otherwise"
    return None


def _moved(number: Number, same: list[Number], every: dict[str, list[Number]], cited: Cited) -> str | None:
    """What is wrong with a number that counts here what no cited sentence counts, or what another does.

    `every` are the numbers of the cited sentences by the words near them.
    """
    if not number.near or not same or any(other.near & number.near for other in same):
        return None
    beside = [other for word in sorted(number.near) for other in every.get(word, ())[:_FEW_RIVALS]]
    for rival in beside:
        if rival.value != number.value and len(rival.near & number.near) > 1:
            return f"the cited sentences have {rival.text} there, not {number.text}"
    if not number.counted or any(not other.counted for other in same):
        return None
    alike = number.counted.union(*(synonyms().get(word, ()) for word in number.counted))
    if not alike & (cited.stems | _ANYBODY):
        return f"the number {number.text} counts something else in the cited sentences"
    return None


def _same_vague(number: Number, other: Number) -> bool:
    return number.value is not None or number.text.lower() == other.text.lower()


def _shown(number: Number) -> str:
    if not number.unit or number.unit in number.text:
        return number.text
    return number.text + number.unit if number.unit == "%" else f"{number.text} ({number.unit})"
