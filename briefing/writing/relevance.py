"""How far a sentence answers a question: by what both share, and by a model that reads both.

Two logistic models trained by `python -m training.relevance` on questions with known answers. The first
weighs `FEATURES`; the selector reads the sentences likeliest by it, and the second weighs its marks too. Its
probabilities are calibrated there, and the bar below which a line is not shown is a probability. The weights
are in briefing/models/relevance.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing.reading.parties import PartyLexicon
from briefing.retrieval.clauses import Part
from briefing.retrieval.matter import Matter
from briefing.retrieval.questions import Question
from briefing.types import Article
from briefing.writing.candidates import Candidate
from briefing.writing.features import FEATURES, Score, describe
from briefing.writing.selection import find_sources, score_sentences

SELECTED = (
    "selected",  # the selector's logit that the sentence answers
    "best selected",  # ... less that of the best candidate
)
WEIGHTS_FILE = Path(__file__).parent.parent / "models" / "relevance.json"
# Sentences that the selector reads. Of the FA-KES questions with an answer 94 % have one among the first 30
# of the first model, 96 % among all.
MOST_READ = 30
_ISSUE = FEATURES.index("issue")
_TELLING = 0.6  # share of candidates that are about something else, from which a question of dispute is one
_OFF_ISSUE = 0.2
_MOST_COMPARED, _NAMED = 30, 0.2  # candidates for a clause; what its outlet and its day add to nearness


@dataclass(frozen=True)
class Weights:
    """`first` has a weight for each of FEATURES, `second` for these and SELECTED. A line is shown from the
    probability `bar` on, and from `share` of the likeliest one's."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    bar: float
    share: float


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The trained models, from briefing/models/relevance.json."""
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    first = tuple(record["first"][name] for name in FEATURES)
    second = tuple(record["second"][name] for name in (*FEATURES, *SELECTED))
    return Weights(first, second, record["bar"], record["share"])


def rank_candidates(
    question: Question, matter: Matter, candidates: Sequence[Candidate], lexicon: PartyLexicon, score: Score
) -> list[tuple[float, Candidate]]:
    """The candidates with the probability that each answers, the best first. Raises ModelFileError."""
    rows, kept = describe(question, matter, candidates, lexicon, score)
    weights = load_weights()
    rows = with_selected(question, rows, kept, weights.first)
    chances = [1 / (1 + math.exp(-_weigh(weights.second, row))) for row in rows]
    if question.kind in ("yes or no", "compare") and not question.voices and is_disputed(rows):
        # A question of dispute is answered by what was said of it, not by what else was said nearby.
        chances = [
            c if row[_ISSUE] >= _TELLING else c * _OFF_ISSUE for c, row in zip(chances, rows, strict=True)
        ]
    order = sorted(range(len(kept)), key=lambda i: (-chances[i], kept[i].article.id, kept[i].sentence.index))
    return [(chances[i], kept[i]) for i in order]


def with_selected(
    question: Question, rows: Sequence[list[float]], kept: Sequence[Candidate], first: Sequence[float]
) -> list[list[float]]:
    """The rows with SELECTED; of a candidate that is not read the mark is the lowest of those that are."""
    likely = sorted(range(len(rows)), key=lambda i: (-_weigh(first, rows[i]), i))[:MOST_READ]
    read = [kept[i] for i in likely]
    sources = find_sources(statement for one in kept for statement in one.statements)
    logits = score_sentences(question.asked, [(c.article, c.sentence.index) for c in read], sources)
    if not logits:
        return []
    marks = dict(zip(likely, logits, strict=True))
    least, most = min(logits), max(logits)
    return [[*row, marks.get(i, least), marks.get(i, least) - most] for i, row in enumerate(rows)]


def best_of_parts(
    question: Question, ranked: Sequence[tuple[float, Candidate]], score: Score
) -> list[Candidate]:
    """For each clause of a question of several the nearest of the likeliest candidates, each once."""
    likeliest = [one for _, one in ranked[:_MOST_COMPARED]]
    found: list[Candidate] = []
    for part in question.parts if likeliest else ():
        near = score(part.text, [one.sentence.text for one in likeliest])
        marks = [float(n) + _part_bonus(part, one.article) for n, one in zip(near, likeliest, strict=True)]
        found.append(likeliest[marks.index(max(marks))])
    return list(dict.fromkeys(found))


def is_disputed(rows: Sequence[Sequence[float]]) -> bool:
    """Whether the question asks for a matter of dispute that few of the candidates are about."""
    return max((row[_ISSUE] for row in rows), default=0.0) >= _TELLING


def _part_bonus(part: Part, article: Article) -> float:
    return _NAMED * part.names_outlet(article) + _NAMED * part.names_day(article)


def _weigh(weights: Sequence[float], row: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, row, strict=True))
