"""Trains the models that tell whether a sentence answers a question, and calibrates what is shown of it.

    python -m training.relevance [--seed ARTICLE.txt] [--fa-kes FA_KES.jsonl] [--polnear TRAIN/text] [--write]

Rows of the tuned part of evals/data/questions, and our questions that the selector did not learn from
(apart.py; not every sentence was judged for these, and what was not counts as wrong). Two
logistic regressions by iteratively reweighted least squares, L2 = 1: over FEATURES, and over these and the
selector's marks of the sentences likeliest by the first. What is printed is cross-validated by question, of
those judged whole: how well the probabilities are calibrated, and what each bar and share would show.
`--write` writes briefing/models/relevance.json with the bar and share chosen by `choose`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import briefing
from briefing.bundled import find_folder
from briefing.library.material import gather_material, nearness
from briefing.library.understanding import understood
from briefing.reading.parties import PartyLexicon, load_lexicon
from briefing.retrieval.questions import Question
from briefing.store import Store
from briefing.types import NO_FILTERS, Article, Citation, Turn
from briefing.writing.candidates import Candidate, gather
from briefing.writing.features import FEATURES, describe
from briefing.writing.relevance import SELECTED, WEIGHTS_FILE, with_selected
from evals.answers import Row, is_right, read_questions
from training.apart import is_apart
from training.selection_rows import read_rows

Floats = NDArray[np.float64]
_L2 = 1.0
_FOLDS = 6
_BARS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.85)  # more would leave out sides that were heard
_MOST_DECLINED = 0.06  # of answerable questions, by the bar chosen


@dataclass(frozen=True)
class Lesson:
    """One question: a row of features for each candidate sentence, and which of them are right."""

    on: str
    question: Question
    kept: Sequence[Candidate]
    rows: Floats
    right: Floats
    answerable: bool
    whole: bool  # every sentence of the library was judged


def rows_apart(on: str) -> Iterator[Row]:
    """Our questions that the selector did not learn from, as rows of evals/data/questions are."""
    for row in read_rows():
        if row["on"] == on and is_apart(row["article"]):
            others = {number: judged.get("right", []) for number, judged in row.get("elsewhere", {}).items()}
            right = {n: found for n, found in {str(row["article"]): row["right"], **others}.items() if found}
            yield {"question": row["question"], "right": right, "decline": not right, "part": "apart"}


def read_lessons(on: str, path: Path) -> Iterator[Lesson]:
    """The rows on one set of articles, each with its candidates as `ask` would weigh them."""
    articles = briefing.read_articles([path])
    lexicon = load_lexicon()
    with tempfile.TemporaryDirectory() as folder, briefing.open_library(folder) as library:
        library.add(articles)
        for row in (*read_questions(on, "tuned"), *rows_apart(on)):
            if row.get("right") or row.get("cites") or row.get("decline"):
                yield _lesson(on, row, library._store, articles, lexicon)


def _lesson(on: str, row: Row, store: Store, articles: Sequence[Article], lexicon: PartyLexicon) -> Lesson:
    history: list[Turn] = []
    for earlier in row.get("history", ()):
        history.append(Turn(earlier, understood(store, earlier, history, None).asked))
    asked = understood(store, row["question"], history, None)
    material = gather_material(store, asked, NO_FILTERS, lexicon)
    candidates = gather(asked, material.hits, material.statements)
    rows, kept = describe(asked, material.matter, candidates, lexicon, nearness)
    right = [is_right(row, Citation(c.article, c.sentence.start, c.sentence.end), articles) for c in kept]
    answerable, whole = not row.get("decline"), row["part"] != "apart"
    return Lesson(on, asked, kept, np.array(rows), np.array(right, float), answerable, whole)


def read_closely(lessons: Sequence[Lesson], first: Floats) -> list[Lesson]:
    """The lessons with the selector's marks, as `ask` would have them."""
    return [
        replace(one, rows=np.array(with_selected(one.question, one.rows.tolist(), one.kept, first.tolist())))
        for one in lessons
    ]


def fit(lessons: Sequence[Lesson]) -> Floats:
    """The weights of FEATURES that maximise the likelihood, less L2 on all but the bias.

    A set of articles counts by the root of its number of questions, so that small libraries count too.
    """
    rows = np.vstack([lesson.rows for lesson in lessons])
    right = np.concatenate([lesson.right for lesson in lessons])
    count = Counter(lesson.on for lesson in lessons)
    share = {on: 1 / math.sqrt(n) for on, n in count.items()}
    mean = sum(share[lesson.on] for lesson in lessons) / len(lessons)
    worth = np.concatenate([np.full(len(one.right), share[one.on] / mean) for one in lessons])
    penalty = np.eye(rows.shape[1]) * _L2
    penalty[0, 0] = 1e-3
    weights = np.zeros(rows.shape[1])
    for _ in range(100):
        chances = chances_of(rows, weights)
        slope = rows.T @ (worth * (chances - right)) + penalty @ weights
        curve = (rows * (worth * chances * (1 - chances))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def chances_of(rows: Floats, weights: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-rows @ weights))
    return result


def cross_validated(lessons: Sequence[Lesson]) -> list[Floats]:
    """For each lesson its candidates' probabilities by a model that never saw its question."""
    found: list[Floats] = [np.zeros(0)] * len(lessons)
    for fold in range(_FOLDS):
        weights = fit([lesson for i, lesson in enumerate(lessons) if i % _FOLDS != fold])
        for i, lesson in enumerate(lessons):
            if i % _FOLDS == fold:
                found[i] = chances_of(lesson.rows, weights)
    return found


def outcome(
    lessons: Sequence[Lesson], chances: Sequence[Floats], bar: float, share: float
) -> dict[str, float]:
    """What showing every candidate from `bar` on, and from `share` of the best on, would come to."""
    shown = [np.flatnonzero(c >= max(bar, share * c.max(initial=0.0))) for c in chances]
    asked = [(s, lesson) for s, lesson in zip(shown, lessons, strict=True) if lesson.answerable]
    rest = [s for s, lesson in zip(shown, lessons, strict=True) if not lesson.answerable]
    lines = sum(len(s) for s, _ in asked)
    return {
        "cites a right one": float(np.mean([lesson.right[s].any() for s, lesson in asked])),
        "only right ones": float(np.mean([len(s) > 0 and lesson.right[s].all() for s, lesson in asked])),
        "right lines": sum(float(lesson.right[s].sum()) for s, lesson in asked) / max(1, lines),
        "lines": lines / len(asked),
        "declined wrongly": float(np.mean([len(s) == 0 for s, _ in asked])),
        "declined rightly": float(np.mean([len(s) == 0 for s in rest])),
    }


def choose(lessons: Sequence[Lesson], chances: Sequence[Floats]) -> tuple[float, float]:
    """The bar and share with the most answers that cite a right sentence, answers that cite only right ones,
    and unanswerable questions declined; every answerable one declined beyond a few costs two of these."""

    def worth(pair: tuple[float, float]) -> tuple[float, float]:
        found = outcome(lessons, chances, *pair)
        excess = max(0.0, found["declined wrongly"] - _MOST_DECLINED)
        good = found["cites a right one"] + found["only right ones"] + 0.5 * found["declined rightly"]
        return good - 2 * excess, pair[0]

    return max(((bar, share) for bar in _BARS for share in _SHARES), key=worth)


def show_calibration(lessons: Sequence[Lesson], chances: Sequence[Floats]) -> None:
    """How many of the sentences given a probability are right, and what each bar and share shows."""
    every, right = np.concatenate(list(chances)), np.concatenate([lesson.right for lesson in lessons])
    sys.stdout.write("probability given: sentences, of them right\n")
    for low in np.arange(0, 1, 0.1):
        inside = (every >= low) & (every < low + 0.1)
        if inside.any():
            sys.stdout.write(f"  {low:.1f} to {low + 0.1:.1f}: {inside.sum()}, {right[inside].mean():.2f}\n")
    first = [
        lesson.right[c.argmax()] for lesson, c in zip(lessons, chances, strict=True) if lesson.right.any()
    ]
    sys.stdout.write(f"the likeliest sentence is right: {np.mean(first):.3f} of {len(first)}\n")
    for bar in _BARS:
        for share in _SHARES:
            found = outcome(lessons, chances, bar, share)
            told = ", ".join(f"{name} {value:.2f}" for name, value in found.items())
            sys.stdout.write(f"  bar {bar}, share {share}: {told}\n")


def write_model(first: Floats, second: Floats, shown: tuple[float, float], path: Path = WEIGHTS_FILE) -> None:
    """Write the weights of both models, and the bar and share of what is shown."""
    record: Mapping[str, object] = {
        "bar": shown[0],
        "share": shown[1],
        "first": dict(zip(FEATURES, (round(float(w), 4) for w in first), strict=True)),
        "second": dict(zip((*FEATURES, *SELECTED), (round(float(w), 4) for w in second), strict=True)),
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=Path, help="the seed article")
    parser.add_argument("--fa-kes", type=Path, help="the FA-KES corpus, as JSON lines")
    parser.add_argument("--polnear", type=Path, help="the texts of PolNeAR's training split")
    parser.add_argument("--write", action="store_true", help="write briefing/models/relevance.json")
    given = parser.parse_args()
    sets = {
        "samples": find_folder("samples"),
        "seed": given.seed,
        "fa_kes": given.fa_kes,
        "polnear": given.polnear,
    }
    lessons = [one for on, path in sets.items() if path is not None for one in read_lessons(on, path)]
    lessons = [one for one in lessons if len(one.rows)]
    first = fit(lessons)
    lessons = read_closely(lessons, first)
    chances = cross_validated(lessons)
    judged = [(one, c) for one, c in zip(lessons, chances, strict=True) if one.whole]
    wholes, their_chances = [one for one, _ in judged], [c for _, c in judged]
    show_calibration(wholes, their_chances)
    bar, share = choose(wholes, their_chances)
    sys.stdout.write(f"{len(wholes)} of {len(lessons)} questions; chosen: bar {bar}, share {share}\n")
    if given.write:
        write_model(first, fit(lessons), (bar, share))


if __name__ == "__main__":
    main()
