"""Asking: understand the question, find passages, plan an answer, pass every line through the gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.checking.gate import Gate, is_loaded
from briefing.errors import InputError, WriterError
from briefing.library.people import party_statements, told_statements
from briefing.reading.parties import load_lexicon
from briefing.retrieval.evidence import weigh_evidence
from briefing.retrieval.questions import Known, Question, understand
from briefing.retrieval.search import Filters, find_passages
from briefing.types import Answer, Claim, ClaimGroup, Hit, Searched, Statement, Turn
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
_LONGEST_QUESTION = 2000


def find_party(name: str, heard: Sequence[str], parties: Path | None) -> str:
    """The party that a reader names, by any of its names or as a text named it; InputError for one
    unknown."""
    resolved = load_lexicon(parties).resolve(name)
    if resolved is None:
        plain = name.strip().casefold()
        resolved = next((party for party in heard if party.casefold() == plain), None)
    if resolved is None:
        raise InputError(f"party {name!r} is not known; `briefing sources` lists the parties heard")
    return resolved


def filters_for(
    party: str | None, outlet: str | None, since: dt.date | None, until: dt.date | None
) -> Filters:
    """The reader's filters, the party as `find_party` gives it."""
    if since and until and since > until:
        raise InputError(f"since {since} is after until {until}; swap them")
    return Filters(party=party or None, outlet=outlet or None, since=since, until=until)


def find_hits(store: Store, question: str, k: int, filters: Filters, parties: Path | None) -> list[Hit]:
    """The passages nearest to a question."""
    return find_passages(store, _understood(store, question, (), parties), k, filters)


def answer_question(
    store: Store,
    question: str,
    history: Sequence[Turn],
    filters: Filters,
    desk: Desk,
) -> Answer:
    """The answer, or a decline with the nearest sentences and what was searched."""
    parties, writer = desk.parties, desk.writer
    asked = _understood(store, question, history, parties)
    hits = find_passages(store, asked, _PASSAGES, filters)
    statements = _statements(store, asked, hits, filters)
    lexicon = load_lexicon(parties)
    evidence = weigh_evidence(store, asked, hits, lexicon)
    if filters.party is None and asks_for_day(asked, lexicon):
        days = store.articles(since=asked.since, until=asked.until, outlet=filters.outlet)
        articles = [a for a in days if filters.admit(a)]
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


def _understood(store: Store, question: str, history: Sequence[Turn], parties: Path | None) -> Question:
    text = " ".join(question.split())
    if not text:
        raise InputError("the question is empty; type what you want to know")
    if len(text) > _LONGEST_QUESTION:
        raise InputError(f"the question is longer than {_LONGEST_QUESTION} characters; ask it in fewer words")
    _, last_day, _ = store.days()
    lexicon = load_lexicon(parties)
    known = Known(
        outlets=tuple(store.outlets()),
        parties=lexicon,
        # "Britain and France" speaks, and is nobody a question about France asks for by name.
        people=tuple(name for name in store.speakers() if not lexicon.find(name)),
        last_day=last_day,
    )
    return understand(text, known, history)


def _statements(store: Store, asked: Question, hits: Sequence[Hit], filters: Filters) -> list[Statement]:
    """The statements of the articles found, and all by a party that is asked about, within the filters."""
    ids = list(dict.fromkeys(h.article.id for h in hits))
    found = told_statements(store, ids)
    known = set(ids)
    for party in asked.parties:
        said = party_statements(store, party)
        found += [s for s in said if s.article.id not in known and filters.admit(s.article)]
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
    if filters == Filters():
        first, last, undated = store.days()
        count, outlets = store.count()["articles"], store.outlets()
    else:
        articles = store.articles(since=filters.since, until=filters.until, outlet=filters.outlet)
        days = sorted(a.day for a in articles if a.day)
        first, last = (days[0], days[-1]) if days else (None, None)
        undated = sum(a.day is None for a in articles)
        count, outlets = len(articles), sorted({a.outlet for a in articles if a.outlet})
    heard = store.parties() if filters.party is None else [filters.party]
    return Searched(count, tuple(outlets), first, last, undated, tuple(heard))
