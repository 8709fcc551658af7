"""Which candidates are lines of an answer: those likely enough, and the likeliest of a side not yet heard."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.issues import find_view, load_issues
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.questions import Question
from briefing.writing.candidates import Candidate, is_from
from briefing.writing.relevance import load_weights

Ranked = tuple[float, Candidate]  # the probability that the candidate answers, and the candidate
_OTHER_SIDE = 0.6  # of the likeliest probability: enough for another line on a yes or no
_MOST_LINES = 10
_NO_WORD = ("other", "believe")  # acts by which nobody is heard


def best_chance(ranked: Sequence[Ranked]) -> float:
    """The likeliest probability, 0 where there is none."""
    return max((chance for chance, _ in ranked), default=0.0)


def choose_enough(ranked: Sequence[Ranked], question: Question, evidence: Evidence) -> list[Candidate]:
    """The candidates that are likely enough to answer, of the outlets that the question names.

    A question of several clauses is answered by no sentence alone: there the evidence as a whole decides.
    """
    if not evidence.answerable:
        return []
    model = load_weights()
    # On a yes or no a second voice is worth more than a short answer.
    share = min(model.share, _OTHER_SIDE) if question.kind == "yes or no" else model.share
    near = share * best_chance(ranked)
    bar = near if question.parts else max(model.bar, near)
    chosen = [candidate for chance, candidate in ranked if chance >= bar]
    named = [candidate for candidate in chosen if is_from(question.outlets, candidate)]
    return (named or (chosen if question.parts or not question.outlets else []))[:_MOST_LINES]


def choose_other_sides(
    question: Question, ranked: Sequence[Ranked], chosen: Sequence[Candidate], lexicon: PartyLexicon
) -> list[Candidate]:
    """The likeliest sentence of each party that spoke to a disputed matter in the articles chosen: nobody is
    left out because another put it in words nearer to the question's, or earlier on the page."""
    articles = {candidate.article.id for candidate in chosen}
    heard = {s.party for candidate in chosen for s in candidate.statements if s.act not in _NO_WORD}
    issues = [issue for issue in load_issues() if issue.find(question.matter)]
    near = max(load_weights().bar, _OTHER_SIDE * best_chance(ranked)) if question.kind == "yes or no" else 1.0
    found: dict[str, Candidate] = {}
    for chance, candidate in ranked:
        if candidate.article.id not in articles:
            continue
        for statement in candidate.statements:
            party = statement.party
            if party is None or party in heard or statement.act in _NO_WORD:
                continue
            views = (find_view(statement, issue, lexicon) for issue in issues)
            if chance >= near or any(view is not None for view in views):
                found.setdefault(party, candidate)
    return list(found.values())
