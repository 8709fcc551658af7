"""The drafts of one briefing: what happened, positions, reports, disputes, unnamed, not heard.

Composed from sentences and statements alone; the same input gives the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.analysis.disputes import voice_of, weigh_issues
from briefing.reading.parties import PartyLexicon
from briefing.reading.speakers.memory import NOBODY_NEAR
from briefing.types import Stance, Statement
from briefing.writing.drafts import Draft, cite
from briefing.writing.events import Event, IsLoaded, content_words, draft_event, quote_outlet
from briefing.writing.wording import is_told_before_cue, word_statement

# Room on the page. The same for every side: no party gets more lines than another may have.
LINES_PER_PARTY = 6
LINES_REPORTS = 6
LINES_UNNAMED = 8
MOST_DISPUTES = 6
_OUTRIGHT = 0.65  # below it a side was concluded from the article as a whole
_REPEATS = 0.7  # word overlap (Jaccard) from which two lines of one side say the same


@dataclass(frozen=True)
class DisputeDraft:
    issue: str
    sides: tuple[tuple[str, Stance, tuple[Draft, ...]], ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Page:
    happened: tuple[Draft, ...]
    positions: Mapping[str, tuple[Draft, ...]]
    others: tuple[Draft, ...]
    reports: tuple[Draft, ...]
    disputes: tuple[DisputeDraft, ...]
    unnamed: tuple[Draft, ...]


def compose_page(
    events: Sequence[Event],
    statements: Sequence[Statement],
    is_loaded: IsLoaded,
    lexicon: PartyLexicon | None = None,
) -> Page:
    """Put drafts in their places. `events` and `statements` come in reading order; `is_loaded` tells whether
    words outside quotation marks take a side."""
    groups = group_by_sentence(statements)
    heard: dict[str, list[Draft]] = {}
    reports: list[Draft] = []
    unnamed: list[Draft] = []
    others: list[Draft] = []
    for group in groups:
        first = group[0]
        if first.act == "other":
            continue
        draft = draft_statement(group, is_loaded)
        if first.party is not None:
            heard.setdefault(first.party, []).append(draft)
        elif is_unnamed(first):
            unnamed.append(draft)
        elif first.status == "named" and first.kind != "belief":
            others.append(draft)
        elif first.kind != "belief" and voice_of(first):
            reports.append(draft)
    return Page(
        happened=tuple(draft_event(event) for event in events),
        positions={party: tuple(best_drafts(heard[party], LINES_PER_PARTY)) for party in sorted(heard)},
        others=tuple(best_drafts(others, LINES_REPORTS)),
        reports=tuple(best_drafts(reports, LINES_REPORTS)),
        disputes=_disputes(statements, is_loaded, lexicon),
        unnamed=tuple(best_drafts(unnamed, LINES_UNNAMED)),
    )


def is_unnamed(statement: Statement) -> bool:
    """Whether words are quoted with nobody, or only "he" or "she", to credit them to."""
    if statement.kind not in ("direct", "mixed") or statement.act != "say":
        return False
    if not statement.source_spans:
        return not statement.cue_spans
    return NOBODY_NEAR in statement.rule


def group_by_sentence(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements of one source in one sentence belong on one line, when each is told after its cue."""
    groups: list[list[Statement]] = []
    for statement in statements:
        last = groups[-1] if groups else None
        if last is not None and _continues(last[-1], statement):
            last.append(statement)
        elif last is not None and _aside(last[-1], statement):
            continue
        else:
            groups.append([statement])
    return groups


def _same_source(a: Statement, b: Statement) -> bool:
    return (
        a.article.id == b.article.id
        and bool(a.source_spans)
        and a.source_spans == b.source_spans
        and a.sentences[0].index == b.sentences[0].index
    )


def _continues(before: Statement, after: Statement) -> bool:
    if not _same_source(before, after) or "other" in (before.act, after.act):
        return False
    return not is_told_before_cue(before) and not is_told_before_cue(after)


def _aside(before: Statement, after: Statement) -> bool:
    """ ", referring to the IS group by an alternative name": the outlet explains, nobody says more."""
    return _same_source(before, after) and after.act in ("describe", "other") and after.kind != "mixed"


def draft_statement(group: Sequence[Statement], is_loaded: IsLoaded) -> Draft:
    """One line for the statements of one source in one sentence.

    Where no plain line can be made it is the source's sentence; where the outlet's report of it takes a side,
    the outlet is quoted, so that its words stay its own.
    """
    first = group[0]
    sentences = {s.index: s for statement in group for s in statement.sentences}
    ordered = [sentences[i] for i in sorted(sentences)]
    plain = " ".join(s.text for s in ordered)
    text = word_statement(group) or plain
    if is_loaded(text):
        text = quote_outlet(first.article, plain)
    return Draft(
        text=text,
        citations=cite(first.article, ordered),
        party=first.party,
        speaker=first.speaker,
        statements=tuple(group),
        plain=plain if text != plain else quote_outlet(first.article, plain),
        notes=_concluded(first),
    )


def _concluded(statement: Statement) -> tuple[str, ...]:
    """A note where the text does not say outright for which side somebody speaks."""
    if statement.party is None or statement.confidence >= _OUTRIGHT:
        return ()
    return (f"side concluded from: {statement.rule.removeprefix('name; ')}",)


def best_drafts(drafts: Sequence[Draft], most: int) -> list[Draft]:
    """At most `most`, in reading order: those that quote first, then the best resolved, then the earliest."""
    kept: list[Draft] = []
    told: list[set[str]] = []
    for draft in drafts:
        words = set(content_words(draft.text))
        if not any(len(words & other) > _REPEATS * len(words | other) for other in told):
            kept.append(draft)
            told.append(words)
    if len(kept) <= most:
        return kept
    order = sorted(range(len(kept)), key=lambda i: (-_weight(kept[i]), i))
    return [kept[i] for i in sorted(order[:most])]


def _weight(draft: Draft) -> float:
    statement = draft.statements[0]
    quotes = {"direct": 0.5, "mixed": 0.4, "indirect": 0.2, "belief": 0.0}[statement.kind]
    return quotes + 0.5 * statement.confidence + (0.3 if statement.act in ("deny", "say", "demand") else 0.0)


def _disputes(
    statements: Sequence[Statement], is_loaded: IsLoaded, lexicon: PartyLexicon | None
) -> tuple[DisputeDraft, ...]:
    drafts = []
    for found in weigh_issues(statements, lexicon)[:MOST_DISPUTES]:
        sides = tuple(
            (voice, stance, tuple(best_drafts([draft_statement([s], is_loaded) for s in held], len(held))))
            for voice, stance, held in found.sides
        )
        drafts.append(DisputeDraft(found.issue, sides, tuple(s for _, _, held in found.sides for s in held)))
    return tuple(drafts)
