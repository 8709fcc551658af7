"""What tells how far a sentence answers a question: shared meaning, words, time and voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from briefing.analysis.issues import load_issues
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.matter import Matter, matter_text, text_keys
from briefing.retrieval.questions import Question
from briefing.types import Article
from briefing.writing.candidates import Candidate, days_of, is_voice

# Nearness of texts to a question or a part of it, -1..1.
Score = Callable[[str, Sequence[str]], Sequence[float]]

FEATURES = (
    "bias",
    "meaning",  # cosine of question and sentence
    "matter",  # cosine of what the question is about and what is said in the sentence
    "passage",  # place of its passage among those found: 1 for the first, 1/2 for the second ...
    "sentence words",  # share of the matter in the sentence
    "nearby words",  # ... in the sentence, the two before it and the headline
    "article words",  # ... in the whole article and its headline
    "rarest word",  # whether the most telling word is in the article
    "matter and words",  # product of matter and nearby words
    "words and article",  # product of sentence words and article words
    "issue",  # both are about one question of dispute: the more, the fewer candidates are
    "day",  # the article is of the days asked about
    "other day",  # ... or of others
    "voice",  # somebody whose word is asked for is credited with it
    "other voice",  # somebody's word is asked for, and not this one
    "said",  # who said it is asked, and somebody is credited with it
    "not said",
    "number",  # a number is asked for and the sentence has one
    "no number",
    "best meaning",  # meaning, less that of the best candidate
    "best matter",
    "best sentence words",
    "best nearby words",
    "best article words",
)
_RELATIVE = ("meaning", "matter", "sentence words", "nearby words", "article words")
_MOST_EMBEDDED = 80  # sentences whose meaning is compared: the best by their words
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?|million|"
    r"no one|nobody|none)\b",
    re.IGNORECASE,
)


def describe(
    question: Question, matter: Matter, candidates: Sequence[Candidate], lexicon: PartyLexicon, score: Score
) -> tuple[list[list[float]], list[Candidate]]:
    """One row of FEATURES for each candidate that is worth comparing in meaning, and those candidates."""
    articles = {c.article.id: _article_shares(matter, c.article) for c in candidates}
    keys = cache(partial(text_keys, lexicon=lexicon))  # a sentence stands near several, a headline near all
    nearby = [_nearby(matter, c, keys) for c in candidates]
    worth = [
        nearby[i][0] + nearby[i][1] + sum(articles[c.article.id]) + 1 / (1 + c.rank)
        for i, c in enumerate(candidates)
    ]
    best = sorted(range(len(candidates)), key=lambda i: (-worth[i], i))[:_MOST_EMBEDDED]
    kept = [candidates[i] for i in best]
    meanings = score(question.asked, [c.sentence.text for c in kept])
    said = score(f"{matter_text(question.matter)} {question.context}".strip(), [_said_text(c) for c in kept])
    issues = _issues(question, kept)
    rows = []
    for i, *more in zip(best, meanings, said, issues, strict=True):
        one = candidates[i]
        rows.append(_row(question, matter, one, (*nearby[i], *articles[one.article.id], *more)))
    return _with_relative(rows), kept


def _row(question: Question, matter: Matter, one: Candidate, told: Sequence[float]) -> list[float]:
    here, around, whole, rarest, meaning, said_meaning, issue = told
    day, other_day = days_of(question, one.article)
    voice = any(is_voice(s, question) for s in one.statements)
    said = any(s.act != "other" for s in one.statements)
    number = _NUMBER.search(one.sentence.text) is not None
    who = question.kind == "who said"
    values = [
        1.0, meaning, said_meaning, 1 / (1 + one.rank), here, around, whole, rarest,
        said_meaning * around, here * whole, issue, day, other_day,
        voice, bool(question.voices) and not voice, who and said, who and not said,
        matter.asks_number and number, matter.asks_number and not number,
    ]  # fmt: skip
    return [float(value) for value in values]


def _with_relative(rows: Sequence[list[float]]) -> list[list[float]]:
    places = [FEATURES.index(name) for name in _RELATIVE]
    most = [max(row[place] for row in rows) for place in places] if rows else []
    return [[*row, *(row[p] - m for p, m in zip(places, most, strict=True))] for row in rows]


def _said_text(one: Candidate) -> str:
    """What is said in the sentence, without who says it; the sentence where nobody is credited."""
    contents = [s.content for s in one.statements if s.act != "other"]
    return max(contents, key=len) if contents else one.sentence.text


def _issues(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """How telling it is, 0..1, that a candidate is about a question of dispute that is asked: in a library on
    air strikes that they hit somebody tells nothing, that they were coordinated does."""
    marks = [0.0] * len(candidates)
    for issue in load_issues():
        if not issue.find(question.asked):
            continue
        about = [issue.find(one.sentence.text) is not None for one in candidates]
        rarity = 1 - sum(about) / max(1, len(about))
        marks = [max(mark, rarity * held) for mark, held in zip(marks, about, strict=True)]
    return marks


def _article_shares(matter: Matter, article: Article) -> tuple[float, float]:
    keys = text_keys(f"{article.title}\n{article.text}")
    return matter.share(keys), matter.rarest(keys)


def _nearby(matter: Matter, one: Candidate, keys: Callable[[str], frozenset[str]]) -> tuple[float, float]:
    """Shares of the matter in the sentence, and in it with the two before and the headline."""
    here = keys(one.sentence.text)
    first = max(0, one.sentence.index - 2)
    around = [keys(s.text) for s in one.article.sentences[first : one.sentence.index]]
    return matter.share(here), matter.share(here.union(*around, keys(one.article.title)))
