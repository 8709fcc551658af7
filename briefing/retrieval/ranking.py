"""Ranks found passages again by what a question names: outlets, days, sides, people and quoted words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from itertools import accumulate

from briefing.retrieval.clauses import Part
from briefing.retrieval.questions import Question
from briefing.types import Hit, Passage

# In units of a fused score, where being first in both rankings is worth 2 / 21 = .095. Chosen on 200 news
# questions; half or twice of each moves the share with all evidence in the first ten by .025 at most.
_OUTLET = 0.03
_DAY = 0.03
_SPEAKS = 0.03  # a side or person named is credited with a statement in the passage
_QUOTED = 0.1  # the passage holds the words in quotation marks, to the letter
_DIRECT = 0.03  # a quotation is asked for, and the passage has direct speech
_CLAUSE = 2.0  # weight of the best clause beside the whole question
_FIRST = 4  # among so many hits everything named has a place

_SPEECH = re.compile(r"[“\"«„][^“”\"«»„]{12,}")
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "–": "-", "—": "-", "\n": " "})


def rank_again(
    question: Question,
    pool: Sequence[Passage],
    scores: Sequence[Mapping[str, float]],
    credited: Mapping[str, Set[str]],
    k: int,
) -> list[Hit]:
    """The k best of `pool`. `scores` are the fused scores for the whole question and then for each clause;
    `credited` names who is credited with a statement in a passage. Reprints of a passage come last."""
    value = {}
    for passage in pool:
        key = passage.id
        own, *clauses = (
            score.get(key, 0.0) + _source_bonus(part, passage)
            for part, score in zip((question.whole, *question.parts), scores, strict=True)
        )
        value[key] = own + _CLAUSE * max(clauses, default=0.0)
        value[key] += _SPEAKS * len(credited.get(key, ())) + _QUOTED * _holds_quotation(question, passage)
        value[key] += _DIRECT * (question.wants_quotation and _SPEECH.search(passage.text) is not None)
    _lower_reprints(_by_value(pool, value), value)
    ranked = _by_value(pool, value)
    ranked = _everybody_first(ranked, _groups(question, credited), min(k, _FIRST))
    # A passage that was moved up has the score of the best one it passed: scores never rise down the list.
    steps = list(accumulate((value[passage.id] for passage in reversed(ranked)), max))[::-1]
    return [Hit(passage, round(score, 6)) for passage, score in zip(ranked[:k], steps, strict=False)]


def _source_bonus(part: Part, passage: Passage) -> float:
    return _OUTLET * part.names_outlet(passage.article) + _DAY * part.names_day(passage.article)


def _holds_quotation(question: Question, passage: Passage) -> bool:
    text = plain_text(passage.text)
    return any(plain_text(words) in text for words in question.quoted)


def _by_value(pool: Sequence[Passage], value: Mapping[str, float]) -> list[Passage]:
    return sorted(pool, key=lambda passage: (-value[passage.id], passage.id))


def _lower_reprints(ranked: Sequence[Passage], value: dict[str, float]) -> None:
    """Take their value from passages that repeat a better one, word for word."""
    seen: set[str] = set()
    for passage in ranked:
        text = plain_text(passage.text)
        if text in seen:
            value[passage.id] = 0.0
        seen.add(text)


def _groups(question: Question, credited: Mapping[str, Set[str]]) -> list[Callable[[Passage], bool]]:
    """One test for each outlet, side and person named: whether a passage is from it, or speaks for it."""
    tests: list[Callable[[Passage], bool]] = [partial(_is_from, names) for names in question.whole.outlets]
    return tests + [partial(_speaks, name, credited) for name in (*question.parties, *question.people)]


def _is_from(outlets: Sequence[str], passage: Passage) -> bool:
    return passage.article.outlet in outlets


def _speaks(name: str, credited: Mapping[str, Set[str]], passage: Passage) -> bool:
    return name in credited.get(passage.id, ())


def _everybody_first(
    ranked: list[Passage], tests: Sequence[Callable[[Passage], bool]], places: int
) -> list[Passage]:
    """The same passages with the best one for each test among the first `places`, as far as they go."""
    wanted: dict[str, Passage] = {}
    for test in tests:
        best = next((passage for passage in ranked if test(passage)), None)
        if best is not None and len(wanted) < places:
            wanted[best.id] = best
    for passage in ranked:
        if len(wanted) >= places:
            break
        wanted.setdefault(passage.id, passage)
    return [p for p in ranked if p.id in wanted] + [p for p in ranked if p.id not in wanted]


def plain_text(text: str) -> str:
    """`text` in lower case with plain quotation marks, dashes and single spaces, to be compared."""
    return " ".join(text.translate(_MARKS).casefold().split())
