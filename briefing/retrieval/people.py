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
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar)-(?=\w{3})", re.IGNORECASE)  # "al-Assad" and "Assad"


def find_people(text: str, people: Iterable[str]) -> tuple[Named, ...]:
    """The library's people named in `text` in full or by the last word of their name.

    By the last word only what looks like a person's name is found: "Council" is no Security Council.
    """
    by_last = _people_by_last(tuple(people))
    typed_low = is_lower_case(text)
    found: list[Named] = []
    for match in NAME.finditer(text):
        written = without_possessive(match.group())
        word = _ARTICLE.sub("", written)
        if word[0].islower() and not typed_low:
            continue
        bearers = by_last.get(word.lower(), ())
        before = text[max(0, match.end() - 60) : match.start() + match.group().rindex(word)].lower()
        in_full = [name for name in bearers if before.endswith(name[: -len(word)].lower()) and " " in name]
        end = match.start() + len(written)
        start = end - max((len(name) for name in in_full), default=end - match.start())
        if not in_full and word[0].isupper():
            bearers = tuple(name for name in bearers if is_persons_name(name))
        if bearers and (in_full or word[0].isupper()):
            found.append(Named(start, end, tuple(in_full or bearers)))
    return tuple(found)


def last_words(text: str) -> list[str]:
    """Every word of `text` that may end a name, ASCII letters in lower case, possessives without their s."""
    words = [without_possessive(match.group()).rstrip(".") for match in NAME.finditer(text)]
    words += [_ARTICLE.sub("", word) for word in words]
    return sorted({word.translate(_ASCII_LOWER) for word in words})


def is_persons_name(text: str) -> bool:
    """Whether the name of a speaker may be a person's: one to five capitalised words or particles, none of
    them for a body, an office, a day or a city."""
    words = text.split()
    if not 1 <= len(words) <= _LONGEST_NAME or text in cities() or not text.isprintable():
        return False
    if any(word.lower().rstrip(".") in IN_NO_NAME | _BODIES for word in words):
        return False
    return all(word[0].isupper() or word in PARTICLES or "-" in word for word in words)


@lru_cache(maxsize=8)
def _people_by_last(people: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in people:
        if words := name.split():
            found.setdefault(words[-1].lower(), []).append(name)
    return {last: tuple(names) for last, names in found.items()}
