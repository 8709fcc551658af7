"""Asking: understand the question, find passages, plan an answer, pass every line through the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.checking.gate import Gate
from briefing.library.material import gather_day, gather_material, nearness
from briefing.library.passing import OnClaim, pass_lines
from briefing.library.people import told_statements
from briefing.library.understanding import understood
from briefing.reading.parties import load_lexicon
from briefing.retrieval.questions import Question
from briefing.types import Answer, ClaimGroup, Filters, Searched, Turn
from briefing.writing.answers import AnswerPlan, Material, asks_for_day, plan_answer, plan_day
from briefing.writing.declines import say_what_is_wanted
from briefing.writing.writer import Request, Writer

if TYPE_CHECKING:
    from briefing.store import Store


SIDES_SAY = "A yes or no is each side’s own; none here is ours."


@dataclass(frozen=True)
class Desk:
    """What every page is made with: the user's file of parties, and writers, a new one for each page."""

    parties: Path | None
    writer: Callable[[], Writer]


@dataclass(frozen=True)
class Inquiry:
    """A question as typed, the conversation before it, and the articles it is put to."""

    question: str
    history: Sequence[Turn]
    filters: Filters


def answer_question(store: Store, inquiry: Inquiry, desk: Desk, on_claim: OnClaim | None = None) -> Answer:
    """The answer, or a decline with the nearest sentences and what was searched.

    `on_claim` is told of each line the moment it has passed.
    """
    filters, parties, writer = inquiry.filters, desk.parties, desk.writer()
    asked = understood(store, inquiry.question, inquiry.history, parties)
    lexicon = load_lexicon(parties)
    material = gather_material(store, asked, filters, lexicon)
    if filters.party is None and asks_for_day(asked, material.matter):
        articles, material = gather_day(store, asked, filters, material)
        plan = plan_day(articles, material)
    else:
        plan = plan_answer(asked, material, nearness)
    gate = Gate(lexicon, told_statements(store, _cited(plan)))
    groups = _write(asked, plan, writer, gate, on_claim)
    return Answer(
        question=inquiry.question,
        asked=asked.asked,
        groups=groups,
        abstained=not groups,
        reason="" if groups else plan.reason or "No line could be shown to be supported.",
        nearest=() if groups else plan.nearest,
        searched=_searched(store, filters),
        writer=writer.name,
        usage=writer.usage,
        notes=(*plan.notes, *gate.notes, *_closing(asked, material, groups)),
    )


def _cited(plan: AnswerPlan) -> list[str]:
    """The ids of the articles that the lines cite. The gate is given all that is said in them: a reader's
    filter takes other sides out of the material, and their words must not pass as nobody's."""
    cited = (c.article.id for drafts in plan.groups.values() for d in drafts for c in d.citations)
    return list(dict.fromkeys(cited))


def _closing(asked: Question, material: Material, groups: Sequence[ClaimGroup]) -> tuple[str, ...]:
    """What an answer ends with: what would have to be added, or whose yes or no it is."""
    if not groups:
        return (say_what_is_wanted(asked, material.evidence),)
    if asked.kind == "yes or no" and sum(group.party is not None for group in groups) > 1:
        return (SIDES_SAY,)
    return ()


def _write(
    question: Question, plan: AnswerPlan, writer: Writer, gate: Gate, on_claim: OnClaim | None
) -> tuple[ClaimGroup, ...]:
    """The plan's lines by heading, each with its party where all its lines are of one."""
    lines = pass_lines(Request(question.asked, plan.groups), writer, gate, on_claim)
    groups = []
    for heading, claims in lines.items():
        if claims:
            parties = {d.party for d in plan.groups[heading]}
            groups.append(ClaimGroup(heading, claims, parties.pop() if len(parties) == 1 else None))
    return tuple(groups)


def _searched(store: Store, filters: Filters) -> Searched:
    count, first, last, undated = store.count_articles(filters)
    heard = store.parties() if filters.party is None else [filters.party]
    return Searched(count, tuple(store.outlets(filters)), first, last, undated, tuple(heard))
