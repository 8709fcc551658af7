"""Numbers of a text, in digits or words, with their unit, the words they count and their hedge."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from briefing.reading.words import Word, find_words, fold, stopwords
from briefing.types import Span

_ONES = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12
}  # fmt: skip
_ORDINALS = dict(
    zip(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        range(3, 13),
        strict=True,
    )
)
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
_ORDINAL_ENDINGS = frozenset(["st", "nd", "rd", "th", "s"])
_VAGUE = frozenset("dozens scores hundreds thousands millions billions trillions".split())
# Stems of the words after a number that are its unit.
_UNITS = {
    **{
        name: name
        for name in "$ € £ ¥ yen lira yuan cent km foot kg barrel second hour day week month year".split()
    },
    **{"dollar": "$", "euro": "€", "pound": "£", "rubl": "rouble", "roubl": "rouble"},
    **{
        "kilomet": "km",
        "kilometr": "km",
        "mil": "mile",
        "meter": "m",
        "metr": "m",
        "ton": "tonne",
        "tonn": "tonne",
    },
    **{"kilogram": "kg", "litr": "litre", "liter": "litre", "minut": "minute", "decad": "decade"},
    **{"degre": "degree", "acr": "acre", "hectar": "hectare", "am": "am", "pm": "pm"},
}
_DIGITS = re.compile(
    r"(?<![^\W_])(?P<sign>(?:US|A|C)?[$€£¥])?\s?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<suffix>[^\W\d_]{0,8})(?![^\W_])\s?(?P<percent>%)?"
)
_HEDGES = re.compile(
    r"\b(?:(?P<under>less than|fewer than|no more than|not more than|up to|as many as|as much as|at most|"
    r"nearly|almost|close to|just short of|under|below)|(?P<over>more than|over|at least|no fewer than|"
    r"no less than|not less than|above|exceeding|in excess of|a minimum of|north of|upwards? of)|"
    r"(?P<about>about|around|roughly|approximately|some|an estimated|estimated|circa|in the region of))"
    r"\s+(?:[$€£¥]|US\$|an? )?$",
    re.IGNORECASE,
)
_TIMES = frozenset("second minute hour day week month year decade".split())
_HEDGE_REACH = 24  # characters before a number
_AFTER = 6  # words after a number that may tell what it counts
_BEFORE_PRONOUN = frozenset("no any every some each this that the".split())


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is None for "dozens", "thousands" and the like. `counted` holds stems of the words counted,
    `near` those of the words that follow, up to the next number."""

    text: str
    span: Span
    value: float | None
    unit: str
    counted: frozenset[str]
    hedge: str
    near: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text`, in digits or words, in order; "one" counts like any other."""
    plain = fold(text)
    words = find_words(text)
    found = [*_in_digits(plain, words), *_in_words(plain, words)]
    return tuple(sorted(found, key=lambda number: number.span))


def _in_digits(text: str, words: tuple[Word, ...]) -> list[Number]:
    found = []
    starts = [word.start for word in words]
    for match in _DIGITS.finditer(text):
        value = float(match["value"].replace(",", ""))
        suffix = match["suffix"].lower()
        first = bisect_left(starts, match.end("suffix"))
        after = words[first : first + _AFTER + 1]
        scale = _SUFFIXES.get(suffix, _SCALES.get(suffix, 1)) if match["sign"] or suffix != "m" else 10**6
        if not suffix and after and after[0].folded in _SCALES and not after[0].opens:
            scale, after = _SCALES[after[0].folded], after[1:]
        unit = "%" if match["percent"] else (match["sign"] or "")[-1:]
        if not unit and suffix not in (*_SUFFIXES, *_SCALES, *_ORDINAL_ENDINGS):
            unit = _UNITS.get(suffix, suffix)
        start = match.start("sign") if match["sign"] else match.start("value")
        found.append(_number(text, (start, match.end("suffix")), value * scale, unit, after))
    return found


def _in_words(text: str, words: tuple[Word, ...]) -> list[Number]:
    found = []
    index = 0
    while index < len(words):
        stop, value = _read_words(words, index)
        if stop == index or (value == 1 and stop == index + 1 and _is_pronoun(words, index)):
            index += 1
            continue
        span = (words[index].start, words[stop - 1].end)
        found.append(_number(text, span, value, "", words[stop : stop + _AFTER]))
        index = stop
    return found


def _is_pronoun(words: tuple[Word, ...], index: int) -> bool:
    """Whether "one" at `index` stands for somebody: "no one", "one of them", "one another"."""
    if words[index].folded != fold(words[index].text).casefold():
        return True  # "one's"
    before = words[index - 1].folded if index else ""
    after = words[index + 1].folded if index + 1 < len(words) else ""
    return before in _BEFORE_PRONOUN or after in ("of", "another")


def _read_words(words: tuple[Word, ...], index: int) -> tuple[int, float | None]:
    """Read one number written in words from `index` on; the first index after it, and its value."""
    first = words[index].folded
    if first in _VAGUE:
        return index + 1, None
    if first == "half" and (dozen := _dozen_at(words, index + 1)):
        return dozen, 6.0
    if first in _ORDINALS:
        return index + 1, float(_ORDINALS[first])
    total = current = 0.0
    position = index
    if first in ("a", "an") and index + 1 < len(words) and words[index + 1].folded in _SCALES:
        current, position = 1.0, index + 1
    elif first in _SCALES or (first not in _ONES and first not in _TENS):
        return index, None
    while position < len(words) and (position == index or not words[position].opens):
        word = words[position].folded
        small = _ONES.get(word, _TENS.get(word))
        if small is not None and (current % 100 == 0 or (current % 10 == 0 and small < 10)):
            current += small
        elif word in _SCALES and position > index:
            current = max(current, 1.0) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif not _joins(words, position):
            break
        position += 1
    return position, total + current


def _dozen_at(words: tuple[Word, ...], index: int) -> int:
    """The index after "dozen" or "a dozen" at `index`; 0 where there is none."""
    for stop in (index + 1, index + 2):
        if [word.folded for word in words[index:stop]] in (["dozen"], ["a", "dozen"]):
            return stop
    return 0


def _joins(words: tuple[Word, ...], index: int) -> bool:
    """Whether the word at `index` is the "and" of "two hundred and five"."""
    if words[index].folded != "and" or index + 1 >= len(words) or words[index - 1].folded not in _SCALES:
        return False
    return words[index + 1].folded in _ONES or words[index + 1].folded in _TENS


def _number(text: str, span: Span, value: float | None, unit: str, after: tuple[Word, ...]) -> Number:
    counted: list[str] = []
    for word in after[:_AFTER]:
        if word.opens or len(counted) == 2 or word.folded in _ONES or word.folded in _TENS:
            break
        if not counted and not unit and word.folded in ("percent", "per"):
            unit = "%"
            break
        if not counted and not unit and word.folded == "percentage":
            unit = "percentage point"
            break
        known = _UNITS.get(word.stem)
        if known and not counted and not unit:
            unit = known
        elif word.folded in stopwords():
            if word.folded in ("of", "the", "more", "other", "another", "its", "his", "their"):
                continue
            break
        else:
            counted.append(word.stem)
    hedge = _HEDGES.search(text, max(0, span[0] - _HEDGE_REACH), span[0])
    kind = hedge.lastgroup or "" if hedge else ""
    if kind == "over" and unit in _TIMES:
        kind = ""  # "over three years" is as long as it takes
    elif not kind:
        kind = _hedge_behind(after)
    return Number(text[span[0] : span[1]], span, value, unit, frozenset(counted), kind, _near(after))


def _hedge_behind(after: tuple[Word, ...]) -> str:
    """ "38 or more", "38 rockets or more"; "a week or so"."""
    for first, second in pairwise(after[:4]):
        if first.folded == "or" and second.folded in ("more", "so"):
            return "over" if second.folded == "more" else "about"
    return ""


def _near(after: tuple[Word, ...]) -> frozenset[str]:
    """The content words behind a number, up to the next number or the end of the clause."""
    found: list[str] = []
    for word in after:
        if word.opens or word.text[0].isdigit() or word.folded in _ONES or word.folded in _TENS:
            break
        if word.folded not in stopwords():
            found.append(word.stem)
    return frozenset(found)


def unit_stems() -> frozenset[str]:
    """Stems of the words and signs that are units."""
    return frozenset((*_UNITS, *_UNITS.values(), "percent", "percentage", "cent", "per"))
