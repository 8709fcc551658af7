"""Articles in any number and questions on them, made from real ones by rule and a fixed seed (evals.scale).

A copy differs from its article so that every offset stays right: a quarter of the content words are others of
the same length, and in every second copy the people who speak have other surnames. Names, and the words that
say who speaks, stay. Half of the copies keep their outlet; days are drawn over ten years.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.reading.embeddings import DIMENSIONS
from briefing.reading.parties import load_lexicon
from briefing.reading.words import stopwords
from briefing.store.store import Entry
from briefing.types import Article, Passage, Statement

_SEED = 7
_REPLACED = 0.34  # of the words that may be: a quarter of all content words
_NOISE = 0.5  # length of what is added to a vector
_FIRST_DAY, _DAYS = dt.date(2008, 1, 1), 3653
_ASKED_OF = 10_000  # sentences that questions are made from
_OF_A_KIND = 20
_WORD = re.compile(r"(?<![\w'’@/-])[a-z]{4,}(?![\w'’@/-])")
_PERSON = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}([A-Z][a-z]{3,})")
_PLACE = re.compile(r"\bin ([A-Z][a-z]{3,})\b")
_SIX_WORDS = re.compile(r"(?<![\w'’])[A-Za-z]+(?: [A-Za-z]+){5}(?![\w'’])")
_CALENDAR = {*calendar.month_name, *calendar.day_name}


def _invented(length: int, rng: random.Random) -> str:
    """A name of so many letters."""
    letters = (rng.choice(("aeiou", "bdfgklmnprstvz")[place % 2 == 0]) for place in range(length))
    return "".join(letters).capitalize()


def _outlets(count: int) -> list[str]:
    rng = random.Random(_SEED)
    return [f"{_invented(6, rng)} {rng.choice(('Times', 'Herald', 'Post', 'Wire'))}" for _ in range(count)]


_OUTLETS = _outlets(300)
_SHARES = list(itertools.accumulate(1 / rank for rank in range(1, len(_OUTLETS) + 1)))


class Copies:
    """The entries, then copy after copy of them, each varied by its number alone. `moved` counts the copies
    left out because their sentences would be others."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries, self.made, self.moved = entries, 0, 0
        words = Counter(word for e in entries for word in _content_words(e.article.text))
        self._words: dict[int, tuple[list[str], list[int]]] = {}
        for length, group in itertools.groupby(sorted(words, key=lambda w: (len(w), w)), key=len):
            same = list(group)
            self._words[length] = same, list(itertools.accumulate(words[word] for word in same))

    def stream(self, sentences: int) -> Iterator[Entry]:
        """Entries until they hold so many sentences."""
        held = 0
        for number in itertools.count():
            for index, entry in enumerate(self._entries):
                copy = self._vary(entry, number, index) if number else entry
                if copy is not None:
                    held += len(copy.article.sentences)
                    yield copy
                if held >= sentences:
                    return

    def _vary(self, entry: Entry, number: int, index: int) -> Entry | None:
        rng, old = random.Random(f"{_SEED} {number} {index}"), entry.article
        rename = _renaming(entry.statements, rng) if number % 2 else str
        outlet = old.outlet if old.outlet and rng.random() < 0.5 else ""
        outlet = outlet or rng.choices(_OUTLETS, cum_weights=_SHARES)[0]
        text = rename(self._other_words(old.text, _kept(entry), rng))
        title = rename(self._other_words(old.title, bytes(len(old.title)), rng))
        new = Article(text, title, outlet, _FIRST_DAY + dt.timedelta(rng.randrange(_DAYS)), old.url)
        self.made += 1
        if [(s.start, s.end) for s in new.sentences] != [(s.start, s.end) for s in old.sentences]:
            self.moved += 1
            return None
        noise = np.random.default_rng([_SEED, number, index]).normal(size=entry.vectors.shape)
        vectors = entry.vectors + noise * (_NOISE / DIMENSIONS**0.5)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return Entry(
            new,
            tuple(_repointed(s, new, rename) for s in entry.statements),
            tuple(Passage(new, p.start, p.end) for p in entry.passages),
            vectors.astype(np.float32),
        )

    def _other_words(self, text: str, kept: bytes | bytearray, rng: random.Random) -> str:
        def other(match: re.Match[str]) -> str:
            word = match.group()
            if rng.random() >= _REPLACED or kept[match.start()] or len(word) not in self._words:
                return word
            if word in stopwords():
                return word
            same, shares = self._words[len(word)]
            return rng.choices(same, cum_weights=shares)[0]

        return _WORD.sub(other, text)


def _content_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in stopwords()]


def _kept(entry: Entry) -> bytearray:
    """One for each character that says who speaks and that they do: without it no line would hold."""
    kept = bytearray(len(entry.article.text))
    for said in entry.statements:
        for one in (said, *said.nested):
            for start, end in (*one.source_spans, *one.cue_spans):
                kept[start:end] = b"\1" * (end - start)
    return kept


def _renaming(said: Sequence[Statement], rng: random.Random) -> Callable[[str], str]:
    """Gives the people who speak other surnames of the same length."""
    lexicon = load_lexicon(None)
    people = (_PERSON.fullmatch(s.speaker or "") for s in said)
    surnames = sorted({m[1] for m in people if m and not lexicon.find(m[1]) and not lexicon.find(m[0])})
    if not surnames:
        return str
    names = {name: _invented(len(name), rng) for name in surnames}
    pattern = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return lambda text: pattern.sub(lambda match: names[match.group()], text)


def _repointed(said: Statement, article: Article, rename: Callable[[str], str]) -> Statement:
    return dataclasses.replace(
        said,
        article=article,
        mention=rename(said.mention),
        speaker=rename(said.speaker) if said.speaker else said.speaker,
        nested=tuple(_repointed(inner, article, rename) for inner in said.nested),
    )


@dataclass(frozen=True)
class Asked:
    """A question, and what a search for it is narrowed to."""

    kind: str
    text: str
    party: str
    outlet: str
    day: str


def make_questions(entries: Sequence[Entry]) -> list[Asked]:
    """Questions on the first entries, kind after kind, one more of each than `_OF_A_KIND`."""
    rng, held = random.Random(_SEED), itertools.accumulate(len(e.article.sentences) for e in entries)
    first = [entry for entry, sentences in zip(entries, held, strict=True) if sentences <= _ASKED_OF]
    heard = Counter(s.party for e in first for s in e.statements if s.party)
    parties = [party for party, _ in heard.most_common(12)]
    outlets = sorted({e.article.outlet for e in first} - {""})
    days = [e.article.day.isoformat() for e in first if e.article.day]
    kinds = _kinds(first, parties, outlets, rng)
    return [
        Asked(kind, make(), parties[n % len(parties)], outlets[n % len(outlets)], rng.choice(days))
        for n in range(_OF_A_KIND + 1)
        for kind, make in kinds.items()
    ]


def _kinds(
    entries: Sequence[Entry], parties: Sequence[str], outlets: Sequence[str], rng: random.Random
) -> dict[str, Callable[[], str]]:
    said = [s for e in entries for s in e.statements if len(set(_content_words(s.content))) > 3]
    credited = [s for s in said if s.party in parties]
    quoted = [m[0] for s in said if s.kind == "direct" and (m := _SIX_WORDS.search(s.content))]
    places = [
        (place, f"{day:%-d %B %Y}")
        for e in entries
        if (day := e.article.day)
        for place in sorted(set(_PLACE.findall(e.article.text)) - _CALENDAR)
    ]

    def some(text: str, count: int) -> list[str]:
        return rng.sample(sorted(set(_content_words(text))), count)

    def what_said() -> str:
        one = rng.choice(credited)
        return f"What did {one.party} say about {' and '.join(some(one.content, 2))}?"

    def compare() -> str:
        names, words = rng.sample(outlets, 2), some(rng.choice(said).content, 2)
        return f"Compare what {' and '.join(names)} say about {' and '.join(words)}"

    def did() -> str:
        one = rng.choice(credited)
        act = "say" if one.act == "other" else one.act
        return f"Did {one.party} {act} that {' '.join(one.content.split()[:6])}?"

    return {
        "what did a party say": what_said,
        "who said these words": lambda: f'Who said "{rng.choice(quoted)}"?',
        "what happened in a place": lambda: "What happened in {} on {}?".format(*rng.choice(places)),
        "what happened on a day": lambda: f"What happened on {rng.choice(places)[1]}?",
        "compare outlets": compare,
        "did a party": did,
        "words alone": lambda: " ".join(some(rng.choice(said).content, 3)),
    }
