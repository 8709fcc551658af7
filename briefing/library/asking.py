"""Asking: understand the question, find passages, plan an answer, pass every line through the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.checking.gate import Gate, is_loaded
from briefing.errors import WriterError
from briefing.library.people import told_statements
from briefing.library.topics import articles_heard
from briefing.library.understanding import understood
from briefing.reading.parties import load_lexicon
from briefing.retrieval.evidence import weigh_evidence
from briefing.retrieval.questions import Question
from briefing.retrieval.search import find_passages
from briefing.types import Answer, Claim, ClaimGroup, Filters, Hit, Searched, Statement, Turn
from briefing.writing.answers import AnswerPlan, Material, asks_for_day, plan_answer, plan_day
from briefing.writing.writer import Request, Writer

if TYPE_CHECKING:
    from briefing.store import Store


@dataclass(frozen=True)
class Desk:
    """What every answer is made with: the user's file of parties, and the writer."""

    parties: Path | None
    writer: Writer


_PASSAGES = 16
_MOST_OF_DAYS = 150  # articles read for "what happened" in some days, the newest


def answer_question(
    store: Store,
    question: str,
    history: Sequence[Turn],
    filters: Filters,
    desk: Desk,
) -> Answer:
    """The answer, or a decline with the nearest sentences and what was searched."""
    parties, writer = desk.parties, desk.writer
    asked = understood(store, question, history, parties)
    hits = find_passages(store, asked, _PASSAGES, filters)
    statements = _statements(store, asked, hits, filters)
    lexicon = load_lexicon(parties)
    evidence = weigh_evidence(store, asked, hits, lexicon)
    if filters.party is None and asks_for_day(asked, lexicon):
        articles = store.articles(ids=store.newest(_within_days(asked, filters), _MOST_OF_DAYS))
        statements = told_statements(store, [a.id for a in articles])
        material = Material(tuple(hits), tuple(statements), lexicon, is_loaded, evidence)
        plan = plan_day(articles, material)
    else:
        material = Material(tuple(hits), tuple(statements), lexicon, is_loaded, evidence, filters.party)
        plan = plan_answer(asked, material, _scorer(asked))
    gate = Gate(lexicon, statements)
    groups = _write(asked, plan, writer, gate)
    return Answer(
        question=question,
        asked=asked.asked,
        groups=groups,
        abstained=not groups,
        reason="" if groups else plan.reason or "No line could be shown to be supported.",
        nearest=() if groups else plan.nearest,
        searched=_searched(store, filters),
        writer=writer.name,
        notes=(*plan.notes, *gate.notes),
    )


def _within_days(asked: Question, filters: Filters) -> Filters:
    """The filters, and the days that the question names."""
    since = max((day for day in (asked.since, filters.since) if day), default=None)
    until = min((day for day in (asked.until, filters.until) if day), default=None)
    return replace(filters, since=since, until=until)


def _statements(store: Store, asked: Question, hits: Sequence[Hit], filters: Filters) -> list[Statement]:
    """The statements of the articles found, and of those in which somebody asked about speaks."""
    ids = dict.fromkeys([*(h.article.id for h in hits), *articles_heard(store, asked, filters)])
    found = told_statements(store, list(ids))
    if filters.party is not None:
        found = [s for s in found if s.party == filters.party]
    return found


def _scorer(asked: Question) -> Callable[[Sequence[str]], Sequence[float]]:
    """Cosine of texts to the question, by the embedder the library was made with."""
    from briefing.reading.embeddings import embed_query, embed_texts

    vector = embed_query(asked.asked)

    def score(texts: Sequence[str]) -> Sequence[float]:
        cosines: list[float] = (embed_texts(texts) @ vector).tolist()
        return cosines

    return score


def _write(question: Question, plan: AnswerPlan, writer: Writer, gate: Gate) -> tuple[ClaimGroup, ...]:
    """The plan's lines as the writer words them, each through the gate.

    What the writer leaves out, or cannot say so that it holds, is said in the source's words; a writer that
    fails altogether is replaced, with a note. There is never a blank page.
    """
    request = Request(question.asked, plan.groups)
    shown: dict[str, list[Claim]] = {}
    try:
        for heading, draft in writer.write(request):
            claim = gate.admit(draft, lambda rejected, reason: writer.repair(request, rejected, reason))
            if claim is not None:
                shown.setdefault(heading, []).append(claim)
    except WriterError as error:
        gate.notes.append(f"{error}; the rest is in the sources’ own words.")
    groups = []
    for heading, drafts in plan.groups.items():
        held = shown.get(heading, [])
        told = {c.key for claim in held for c in claim.citations}
        left = [d for d in drafts if not told & {c.key for c in d.citations}]
        claims = (*held, *gate.pass_all(left))
        if claims:
            parties = {d.party for d in drafts}
            groups.append(ClaimGroup(heading, claims, parties.pop() if len(parties) == 1 else None))
    return tuple(groups)


def _searched(store: Store, filters: Filters) -> Searched:
    count, first, last, undated = store.count_articles(filters)
    heard = store.parties() if filters.party is None else [filters.party]
    return Searched(count, tuple(store.outlets(filters)), first, last, undated, tuple(heard))
