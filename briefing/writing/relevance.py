"""How near a sentence is to a question: in meaning, in words, in the parties and the issue both name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.analysis.issues import load_issues
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.questions import Question
from briefing.types import Article, Hit, Sentence
from briefing.writing.events import content_words

# Nearness of texts to the question asked, 0..1.
Score = Callable[[Sequence[str]], Sequence[float]]


def rank_sentences(
    question: Question, hits: Sequence[Hit], lexicon: PartyLexicon, score: Score
) -> list[tuple[float, Article, Sentence]]:
    """Sentences of the passages found, nearest to the question first."""
    found: dict[tuple[str, int], tuple[Article, Sentence]] = {}
    for hit in hits:
        for sentence in hit.article.sentences_in(hit.passage.start, hit.passage.end):
            found.setdefault((hit.article.id, sentence.index), (hit.article, sentence))
    places = list(found.values())
    texts = [s.text for _, s in places]
    topic = topic_words(question, lexicon)
    marks = mark_texts(question, topic, texts, score)
    marks = [m + _party_bonus(question, t, lexicon) for m, t in zip(marks, texts, strict=True)]
    order = sorted(range(len(places)), key=lambda i: (-marks[i], places[i][0].id, places[i][1].index))
    return [(marks[i], *places[i]) for i in order]


def mark_texts(question: Question, topic: Sequence[str], texts: Sequence[str], score: Score) -> list[float]:
    """Nearness in meaning, words shared, and whether both are about the same question of dispute."""
    if not texts:
        return []
    near = score(texts)
    issues = [i for i in load_issues() if i.find(question.asked)]
    marks = []
    for text, meaning in zip(texts, near, strict=True):
        words = {_stem(w) for w in content_words(text)}
        shared = sum(_stem(w) in words for w in topic) / len(topic) if topic else 0.0
        same_issue = any(i.find(text) for i in issues)
        marks.append(0.65 * float(meaning) + 0.25 * shared + 0.15 * same_issue)
    return marks


def _party_bonus(question: Question, text: str, lexicon: PartyLexicon) -> float:
    if not question.parties:
        return 0.0
    named = sum(_names(p, text, lexicon) for p in question.parties)
    return 0.2 * named / len(question.parties)


def _names(party: str, text: str, lexicon: PartyLexicon) -> bool:
    return any(m.party == party for m in lexicon.find(text))


def topic_words(question: Question, lexicon: PartyLexicon) -> list[str]:
    """The words of the question that say what about: no parties, no names, no words of saying."""
    text = question.asked
    for mention in reversed(lexicon.find(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    for person in question.people:
        text = re.sub(re.escape(person), " ", text, flags=re.IGNORECASE)
    return [w for w in content_words(text) if w not in _SAYING]


_SAYING = frozenset(
    """say said says saying tell told tells claim claimed state stated position view think thinks statement
    statements comment commented according article articles report reports reported did does do""".split()
)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
