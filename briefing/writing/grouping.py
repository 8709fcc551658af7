"""The lines of an answer: one draft for what a sentence tells, under the heading of whoever says it."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.disputes import is_outlet_itself, voice_of
from briefing.retrieval.questions import Question
from briefing.types import Statement
from briefing.writing.candidates import Candidate
from briefing.writing.drafts import Draft
from briefing.writing.events import Event, IsLoaded, draft_event
from briefing.writing.page import draft_statement, group_by_sentence

OWN_VOICE = "Reported in the outlets’ own words"
UNNAMED = "Speaker not named"
_MOST_PER_GROUP = 5
_TOLD = 0.5  # share of a sentence that statements must cover, so that it is told as theirs


def draft_candidate(candidate: Candidate, is_loaded: IsLoaded) -> list[Draft]:
    """The statements told in a sentence, or the sentence itself where nobody is credited with it."""
    article, sentence = candidate.article, candidate.sentence
    inside = [
        s
        for s in candidate.statements
        if s.act != "other" and any(a < sentence.end and b > sentence.start for a, b in s.content_spans)
    ]
    covered = sum(
        min(b, sentence.end) - max(a, sentence.start)
        for s in inside
        for a, b in (*s.content_spans, *s.source_spans, *s.cue_spans)
        if a < sentence.end and b > sentence.start
    )
    if inside and covered >= _TOLD * len(sentence.text):
        return draft_lines(inside, is_loaded)
    return [draft_event(Event(article, sentence, is_loaded(sentence.text)))]


def draft_lines(statements: Sequence[Statement], is_loaded: IsLoaded) -> list[Draft]:
    """One draft for the statements of one source in one sentence."""
    return [draft_statement(group, is_loaded) for group in group_by_sentence(statements)]


def group_drafts(drafts: Sequence[Draft], question: Question) -> dict[str, tuple[Draft, ...]]:
    """Drafts under the party that holds them; no line twice.

    The groups are in the order given. Within one, what was asked for as a quotation comes first, then the
    newest; for what changed, the oldest, so that the change can be read.
    """
    groups: dict[str, list[Draft]] = {}
    seen: set[str] = set()
    for draft in drafts:
        if draft.text in seen:
            continue
        seen.add(draft.text)
        groups.setdefault(_heading(draft), []).append(draft)
    return {heading: tuple(_in_order(held[:_MOST_PER_GROUP], question)) for heading, held in groups.items()}


def _in_order(drafts: Sequence[Draft], question: Question) -> list[Draft]:
    changed = question.kind == "what changed"
    ordered = sorted(drafts, key=lambda d: d.citations[0].article.published_iso, reverse=not changed)
    if question.wants_quotation:
        ordered.sort(key=lambda d: not any(s.kind in ("direct", "mixed") for s in d.statements))
    return ordered


def _heading(draft: Draft) -> str:
    if draft.party:
        return draft.party
    if not draft.statements or is_outlet_itself(draft.statements[0]):
        return OWN_VOICE
    voice = draft.speaker or voice_of(draft.statements[0])
    return voice[:1].upper() + voice[1:] or UNNAMED


def newest_first(statements: Sequence[Statement]) -> list[Statement]:
    """By day, the newest first, undated ones last; within an article in its order."""
    return sorted(statements, key=lambda s: s.article.published_iso, reverse=True)
