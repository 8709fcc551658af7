"""What happened: sentences in the outlets' own voice, the most telling first chosen, then in order of time.

Chosen by SumBasic (Nenkova & Vanderwende 2005, "The impact of frequency on summarization"): a sentence is
worth the mean probability of its words, and words already told count less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.words import stopwords
from briefing.types import Article, Sentence, Statement
from briefing.writing.drafts import Draft, cite

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
# "BEIRUT (Agency) - ": where it was written, not what happened.
DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,30}(?:\([^)\n]{1,30}\)\s*[-–—]{0,2}|[-–—]{1,2})\s+(?=\S)")
_FEWEST_WORDS = 9
_MOST_WORDS = 60
_FULL_SENTENCE = 12  # content words
_OPENING = 4  # characters: "The "
_OWN_VOICE = 0.5  # share of a sentence that statements may cover and leave it the outlet's own
_LOADED_SHARE = 0.2  # a sentence whose words take a side is told only where nobody tells it plainly
_REPEATS = 0.5  # word overlap (Jaccard) from which two sentences tell the same


# Whether words outside quotation marks take a side.
IsLoaded = Callable[[str], bool]


@dataclass(frozen=True)
class Event:
    """A sentence an outlet tells in its own voice; `loaded` when its words take a side."""

    article: Article
    sentence: Sentence
    loaded: bool = False


def content_words(text: str) -> list[str]:
    """The lower-case words of `text` that carry meaning, in order."""
    return [w for w in (m.lower() for m in _WORD.findall(text)) if w not in stopwords()]


def own_voice(article: Article, statements: Sequence[Statement]) -> list[Event]:
    """The article's sentences that nobody in it is credited with."""
    covered: Counter[int] = Counter()
    opened: set[int] = set()  # sentences whose subject is somebody who speaks
    for statement in statements:
        if statement.act == "other":
            continue
        for start, _ in statement.source_spans[:1]:
            sentence = article.sentence_at(start)
            if start - sentence.start <= _OPENING:
                opened.add(sentence.index)
        for start, end in (*statement.content_spans, *statement.source_spans, *statement.cue_spans):
            for sentence in article.sentences_in(start, end):
                covered[sentence.index] += min(end, sentence.end) - max(start, sentence.start)
    quoted = quotation_spans(article.text)
    return [
        Event(article, sentence)
        for sentence in article.sentences
        if sentence.index not in opened
        and _is_telling(sentence, quoted)
        and covered[sentence.index] < _OWN_VOICE * len(sentence.text)
    ]


def _is_telling(sentence: Sentence, quoted: Sequence[tuple[int, int]]) -> bool:
    words = sentence.text.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or sentence.text[-1] not in ".!”\"’'»)":
        return False
    capitals = sum(w[0].isupper() or w[0].isdigit() for w in words)
    if capitals > 0.6 * len(words):
        return False  # a headline or a dateline run into the text
    inside = sum(max(0, min(sentence.end, b) - max(sentence.start, a)) for a, b in quoted)
    return inside < 0.4 * len(sentence.text)


def choose_events(events: Sequence[Event], most: int) -> list[Event]:
    """At most `most` events, no two alike, in order of day, article and place."""
    words = [content_words(e.sentence.text) for e in events]
    seen = Counter(w for ws in words for w in set(ws))
    total = sum(seen.values()) or 1
    weight = {w: n / total for w, n in seen.items()}
    fair = [_LOADED_SHARE if e.loaded else 1.0 for e in events]
    chosen: list[int] = []
    left = list(range(len(events)))
    while left and len(chosen) < most:
        best = max(left, key=lambda i: (_worth(words[i], weight) * _lead(events[i]) * fair[i], -i))
        left.remove(best)
        if any(_alike(words[best], words[other]) for other in chosen):
            continue
        chosen.append(best)
        for word in set(words[best]):
            weight[word] *= weight[word]
    return sorted((events[i] for i in chosen), key=_when)


def _worth(words: Sequence[str], weight: dict[str, float]) -> float:
    # A short sentence of two frequent words ("The figure could not be verified") tells nothing.
    return sum(weight[w] for w in words) / max(len(words), _FULL_SENTENCE)


def _lead(event: Event) -> float:
    """News tells the event first and its history last: the fifth sentence counts half."""
    return 1 / (1 + event.sentence.index / 4)


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    first, second = set(a), set(b)
    return len(first & second) > _REPEATS * len(first | second)


def _when(event: Event) -> tuple[str, str, int]:
    return (event.article.published_iso, event.article.id, event.sentence.index)


def quote_outlet(article: Article, sentence: str) -> str:
    """A sentence as its outlet's words: quoted, and credited to the outlet."""
    inner = re.sub(r"[“„«](?=\w)|(?<!\w)\"(?=\w)", "‘", sentence)
    inner = re.sub(r"[“”\"»„«]", "’", inner)
    return f"{article.outlet} wrote: “{inner}”" if article.outlet else f"The article says: “{inner}”"


def draft_event(event: Event) -> Draft:
    """The sentence itself; one with loaded words is quoted and credited to its outlet."""
    sentence = event.sentence
    bare = DATELINE.sub("", sentence.text) if sentence.index == 0 else sentence.text
    text = quote_outlet(event.article, bare) if event.loaded else bare
    return Draft(text, cite(event.article, [sentence]), plain=quote_outlet(event.article, sentence.text))
