"""Outlets and other names in a question, against what the library holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# What follows the name proper: "FOX News - Health", "Business Today | Stock Market News", "TASS (English)".
_SECTION = re.compile(r"\s+[-–—|:(]\s*\S.*$")
_ENDING = re.compile(r"\.(?:com|org|net|co\.uk|ru|info|tv)$", re.IGNORECASE)
_GENERIC = frozenset(
    "news online agency international network english media newspaper magazine website".split()
)
# Outlets that are ordinary words, in a question typed without capitals.
_ORDINARY = frozenset(
    """age atlantic economist express fortune globe guardian hill independent intercept mail metro mirror
    nation nature observer people post quint sun spectator standard star telegraph time times wire wired week
    world""".split()
)
_GAP = r"[\s\-–]+"
_MOST_WORDS, _FEWEST_LETTERS = 4, 4  # of an outlet's name that the library writes in one word
# Words that make a name in lower case an outlet: "according to reuters", "the fortune article".
_CITED = re.compile(
    r"\b(?:according to|reported by|covered by|published (?:by|in)|per|(?:article|report) (?:by|from|in))"
    r"(?: the)? ?['‘“\"]?$",
    re.IGNORECASE,
)
_PIECE = re.compile(r"['’”\"]?(?:['’]s)? (?:article|report|story|piece|coverage)s?\b", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][\w.&]*(?:['’\-][^\W\d_]\w*)*")
_LINK = re.compile(r"^ (?:(?:of|de|al|el|bin|van|von|for) )?$|^ & $")
# Capitalised in a question without being a name.
_NO_NAME = frozenset(
    """a an the what who whom whose which when where why how did does do is are was were has have had can
    could will would should may might must and but or if in on at by for from of to with about between after
    before since until while considering according based given tell show list give compare summarise
    summarize explain describe i we you he she it they this that these those there monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november
    december mr mrs ms dr president minister yes no not all any also both each""".split()
)


@dataclass(frozen=True)
class Named:
    """Text [start, end) of a question names one of `names` (several where the short form is shared)."""

    start: int
    end: int
    names: tuple[str, ...]


def find_outlets(text: str, outlets: Iterable[str]) -> tuple[Named, ...]:
    """The library's outlets named in `text`, by their name or its first part ("FOX News - Health": FOX News).

    Outlets are called Fortune, Time or Wired: an ordinary word in lower case counts only where it is cited
    ("according to the guardian").
    """
    known = tuple(outlets)
    pattern, outlets_of = _forms_pattern(known)
    typed_low = is_lower_case(text)
    found: list[Named] = []
    for match in pattern.finditer(text) if outlets_of else ():
        written = match.group()
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
        if written != written.lower() or _is_cited(before, after) or (typed_low and written not in _ORDINARY):
            found.append(Named(match.start(), match.end(), outlets_of[_in_any_case(written)]))
    found += _run_together(text, _together(known))
    return tuple(_longest(found))


def _run_together(text: str, outlets: Mapping[str, tuple[str, ...]]) -> Iterator[Named]:
    """Outlets that the library writes in one word, as addresses do: "Al-Alam" for alalam, "Daily Sabah"."""
    words = list(NAME.finditer(text))
    for at, first in enumerate(words):
        for last in words[at : at + _MOST_WORDS]:
            bare = without_possessive(text[first.start() : last.end()])
            names = outlets.get(_squash(bare))
            if names and first.group()[0].isupper() and first.group().lower() != "the":
                yield Named(first.start(), first.start() + len(bare), names)


def _longest(found: Sequence[Named]) -> list[Named]:
    """In order, without those that lie in a longer one; of two on the same words, the first."""
    kept: list[Named] = []
    for named in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def find_names(text: str) -> tuple[Named, ...]:
    """Runs of capitalised words ("Mueller", "New York Times"); one word alone at the start is no name."""
    found: list[Named] = []
    for match in NAME.finditer(text):
        word = without_possessive(match.group()).rstrip(".")
        if not word[0].isupper() or word.lower() in _NO_NAME or len(word) < 2:
            continue
        end = match.start() + len(word)
        if found and _LINK.match(text[found[-1].end : match.start()]):
            found[-1] = Named(found[-1].start, end, (text[found[-1].start : end],))
        else:
            found.append(Named(match.start(), end, (word,)))
    return tuple(name for name in found if name.start or " " in name.names[0])


def whole_words(name: str, flags: int = 0) -> re.Pattern[str]:
    """Finds a name as it is where it stands in whole words: "Niger" is not in "Nigeria"."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)


def without_possessive(word: str) -> str:
    """A word without 's at its end."""
    return re.sub(r"['’]s$", "", word)


def is_lower_case(text: str) -> bool:
    """Whether `text` was typed without capitals; its first letter may have been given one by us."""
    return text[1:] == text[1:].lower()


def _is_cited(before: str, after: str) -> bool:
    return bool(_CITED.search(before) or _PIECE.match(after))


@lru_cache(maxsize=8)
def _together(outlets: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The outlets whose name is one word, by its letters."""
    found: dict[str, list[str]] = {}
    for outlet in outlets:
        bare = _ENDING.sub("", _SECTION.sub("", outlet))
        if len(_squash(bare)) >= _FEWEST_LETTERS and len(bare.split()) == 1:
            found.setdefault(_squash(bare), []).append(outlet)
    return {form: tuple(names) for form, names in found.items()}


def _squash(name: str) -> str:
    """The letters of a name in lower case, without "the" or the Arabic article in front."""
    letters = re.sub(r"[\W_]", "", re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)).lower()
    return re.sub(r"^(?:al|el)(?=\w{3})", "", letters)


def _outlet_forms(outlets: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The outlets by every way to write them; a full name belongs to the outlets of that name alone."""
    forms: dict[str, list[str]] = {}
    whole: dict[str, list[str]] = {}
    for outlet in outlets:
        short = _SECTION.sub("", outlet)
        bare = _ENDING.sub("", short)
        words = bare.split()
        while len(words) > 1 and words[-1].lower() in _GENERIC:
            words.pop()
        for form in dict.fromkeys(_key(f) for f in (short, bare, " ".join(words))):
            forms.setdefault(form, []).append(outlet)
        whole.setdefault(_key(outlet), []).append(outlet)
    return {form: tuple(names) for form, names in (forms | whole).items() if len(form) > 1}


@lru_cache(maxsize=8)
def _forms_pattern(outlets: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Every way to write the outlets, and the outlets by what it finds, as `_in_any_case` gives that."""
    forms = _outlet_forms(outlets)
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    spelled = (_GAP.join(re.escape(word) for word in form.split()) for form in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)
    outlets_of: dict[str, dict[str, None]] = {}
    for form, names in forms.items():
        outlets_of.setdefault(_in_any_case(form), {}).update(dict.fromkeys(names))
    return pattern, {form: tuple(names) for form, names in outlets_of.items()}


def _key(form: str) -> str:
    """Lower case, single spaces, hyphens as spaces, without "the" in front."""
    plain = form.lower().replace("i\u0307", "i")  # "İ" in lower case is an i and a dot
    return re.sub(r"^(?:the )+", "", " ".join(re.split(_GAP, plain)).strip())


def _in_any_case(form: str) -> str:
    """The same for all that a pattern in any case takes for the same: "ſ" and "s" are one capital."""
    return _key(form).upper()
