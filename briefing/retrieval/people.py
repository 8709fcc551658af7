"""People in a question, against those who speak in the library."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from functools import lru_cache

from briefing.reading.parties.rows import cities
from briefing.reading.persons import IN_NO_NAME, PARTICLES
from briefing.retrieval.naming import NAME, Named, is_lower_case, without_possessive

_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# Words in the names of bodies, which speak like people.
_BODIES = frozenset(
    """council committee commission agency authority authorities group groups party front union league
    movement alliance organisation organization observatory watch amnesty bank fund court parliament congress
    senate house office bureau centre center institute foundation association society network news times post
    television tv radio states kingdom republic nations brigade brigades battalion division corps
    helmets crescent cross statement report source sources activists opposition rebels regime residents
    district province city region forces east west north south tags new""".split()
)
_LONGEST_NAME = 5  # words
_ARTICLES = ("al", "el", "as", "ash", "ad", "an", "ar")  # "al-Assad" and "Assad" are one name
_ARTICLE = re.compile(rf"^(?:{'|'.join(_ARTICLES)})-(?=\w{{3}})", re.IGNORECASE)


def find_people(text: str, people: Iterable[str]) -> tuple[Named, ...]:
    """The library's people named in `text` in full or by the last word of their name.

    By the last word only what looks like a person's name is found: "Council" is no Security Council.
    """
    by_last = _people_by_last(tuple(people))
    typed_low = is_lower_case(text)
    found: list[Named] = []
    for match in NAME.finditer(text):
        written = without_possessive(match.group()).rstrip(".")
        word = _ARTICLE.sub("", written)
        if word[0].islower() and not typed_low:
            continue
        bearers = by_last.get(word.lower(), ())
        starts = {name: _full_name_start(name, text[: match.start()]) for name in bearers}
        in_full = {name: start for name, start in starts.items() if start is not None}
        if not in_full and word[0].isupper():
            bearers = tuple(name for name in bearers if is_persons_name(name))
        if bearers and (in_full or word[0].isupper()):
            start = min(in_full.values(), default=match.start())
            found.append(Named(start, match.start() + len(written), tuple(in_full) or bearers))
    return tuple(found)


def last_words(text: str) -> list[str]:
    """Every word of `text` that may end a name, with the Arabic article and without, ASCII letters in lower
    case, possessives without their s."""
    words = {
        without_possessive(match.group()).rstrip(".").translate(_ASCII_LOWER) for match in NAME.finditer(text)
    }
    bare = {_ARTICLE.sub("", word) for word in words}
    return sorted(words | bare | {f"{article}-{word}" for word in bare for article in _ARTICLES})


def name_words(name: str) -> list[str]:
    """The words of a name in lower case, to be compared: without full stops and the Arabic article."""
    return [_ARTICLE.sub("", word.rstrip(".")).lower() for word in name.split()]


def is_persons_name(text: str) -> bool:
    """Whether the name of a speaker may be a person's: one to five capitalised words or particles, none of
    them for a body, an office, a day or a city."""
    words = text.split()
    if not 1 <= len(words) <= _LONGEST_NAME or text in cities() or not text.isprintable():
        return False
    if any(word.lower().rstrip(".") in IN_NO_NAME | _BODIES for word in words):
        return False
    return all(word[0].isupper() or word in PARTICLES or "-" in word for word in words)


def _full_name_start(name: str, before: str) -> int | None:
    """Where a name of several words begins, if all but its last one stand at the end of `before`."""
    given = " ".join(name.split()[:-1])
    if not given or not before.lower().endswith(f"{given} ".lower()):
        return None  # soon, for a surname may have hundreds of bearers
    found = re.search(rf"(?<!\w){re.escape(given)} $", before, re.IGNORECASE)
    return found.start() if found else None


@lru_cache(maxsize=8)
def _people_by_last(people: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in people:
        if words := name_words(name):
            found.setdefault(words[-1], []).append(name)
    return {last: tuple(names) for last, names in found.items()}
