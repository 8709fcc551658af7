"""Composing a briefing: choose the articles, draft the page, pass every line through the gate."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.analysis.origins import find_origins
from briefing.checking.gate import Gate, is_loaded
from briefing.library.asking import Desk
from briefing.library.material import TOPIC_PASSAGES
from briefing.library.narrowing import Narrowing, on_topic, resolve_filters
from briefing.library.passing import pass_lines
from briefing.library.people import told_statements
from briefing.reading.dates import find_dates
from briefing.reading.parties import PartyLexicon, load_lexicon
from briefing.types import (
    Article,
    Briefing,
    Citation,
    Claim,
    ClaimGroup,
    DateMention,
    Dispute,
    Filters,
    Origin,
    Position,
    Statement,
    Unheard,
    number_citations,
)
from briefing.writing.events import Event, choose_events, own_voice
from briefing.writing.grouping import UNNAMED
from briefing.writing.page import Page, compose_page
from briefing.writing.writer import Request, Writer

if TYPE_CHECKING:
    from briefing.store import Store

# Lines on what happened: more than one for two articles, and never more than a reader takes in.
_FEWEST_EVENTS, _MOST_EVENTS = 4, 10
_MOST_DATES = 12
_MOST_UNHEARD = 8
# A country or a body is a side when it is named as one at least this often; one passing mention is not.
_FEWEST_MENTIONS = 2
_HAPPENED, _OTHERS = "What happened", "Others, no side given"
_REPORTS = "Reports without a named source"


def compose_briefing(
    store: Store,
    since: dt.date | None,
    until: dt.date | None,
    topic: str | None,
    desk: Desk,
) -> Briefing:
    """The page for a range of days and a topic; an empty one says what was looked for. InputError for days
    the wrong way round."""
    parties, writer = desk.parties, desk.writer()
    lexicon = load_lexicon(parties)
    filters = resolve_filters(store, Narrowing(since=since, until=until), parties)
    articles, cut = _choose_articles(store, filters, topic, parties)
    origins = find_origins(articles)
    told_once = [o.articles[0] for o in origins]
    statements = told_statements(store, [a.id for a in told_once])
    page = compose_page(_events(told_once, statements), statements, is_loaded, lexicon)
    gate = Gate(lexicon, statements)
    title = _title(since, until, topic, articles)
    briefing = _through_gate(page, title, writer, gate)
    heard = {s.party for s in statements if s.party and s.act != "other"}
    return replace(
        briefing,
        since=since,
        until=until,
        topic=topic,
        articles=tuple(articles),
        origins=tuple(origins),
        not_heard=_not_heard(told_once, heard, lexicon),
        dates=_dates(briefing.claims),
        notes=(*_nothing(articles, topic), *cut, *_reprints(origins), *gate.notes),
        writer=writer.name,
        usage=writer.usage,
    )


def _choose_articles(
    store: Store, filters: Filters, topic: str | None, parties: Path | None
) -> tuple[list[Article], list[str]]:
    """The articles, and a note where there may be more on the topic."""
    if not topic:
        return store.articles(since=filters.since, until=filters.until), []
    found = on_topic(store, topic, filters, parties)
    cut = (
        f"Only the {TOPIC_PASSAGES} passages nearest to “{topic}” were read, and there may be more on it: "
        "articles may be missing here, and a side listed as not heard may be heard in them. "
        "Ask for fewer days to see all."
    )
    return store.articles(ids=found.articles), [cut] if found.is_cut else []


def _events(articles: Sequence[Article], statements: Sequence[Statement]) -> list[Event]:
    by_article: dict[str, list[Statement]] = {}
    for statement in statements:
        by_article.setdefault(statement.article.id, []).append(statement)
    events = [e for a in articles for e in own_voice(a, by_article.get(a.id, []))]
    weighed = [replace(e, loaded=is_loaded(e.sentence.text)) for e in events]
    return choose_events(weighed, max(_FEWEST_EVENTS, min(_MOST_EVENTS, 2 * len(articles) // 3)))


def _through_gate(page: Page, title: str, writer: Writer, gate: Gate) -> Briefing:
    """Every line through the gate: disputes as drafted, side by side, the rest as the writer words it."""
    wanted = {
        _HAPPENED: page.happened, **page.positions, _OTHERS: page.others, _REPORTS: page.reports,
        UNNAMED: page.unnamed,
    }  # fmt: skip
    lines = pass_lines(Request(title, {h: d for h, d in wanted.items() if d}, "briefing"), writer, gate)
    groups = [ClaimGroup(party, lines.get(party, ()), party) for party in page.positions]
    groups.append(ClaimGroup(_OTHERS, lines.get(_OTHERS, ())))
    disputes = []
    for draft in page.disputes:
        sides = [Position(party, stance, gate.pass_all(held)) for party, stance, held in draft.sides]
        kept = tuple(p for p in sides if p.claims)
        if len(kept) > 1:
            disputes.append(Dispute(draft.issue, kept, draft.statements))
    return Briefing(
        title=title,
        since=None,
        until=None,
        topic=None,
        articles=(),
        happened=lines.get(_HAPPENED, ()),
        positions=tuple(g for g in groups if g.claims),
        reports=lines.get(_REPORTS, ()),
        disputes=tuple(disputes),
        unnamed=lines.get(UNNAMED, ()),
        not_heard=(),
        dates=(),
    )


def _not_heard(articles: Sequence[Article], heard: set[str], lexicon: PartyLexicon) -> tuple[Unheard, ...]:
    """Sides that are named as such and credited with nothing, the most often named first."""
    counts: Counter[str] = Counter()
    first: dict[str, Citation] = {}
    for article in articles:
        for party, citations in _sides_named(article, lexicon).items():
            counts[party] += len(citations)
            first.setdefault(party, citations[0])
    unheard = [
        party
        for party, count in counts.items()
        if party not in heard and count >= _bar(lexicon.parties[party].kind, len(articles))
    ]
    order = sorted(unheard, key=lambda p: (-counts[p], p))[:_MOST_UNHEARD]
    return tuple(Unheard(_shown(p, lexicon), counts[p], first[p]) for p in order)


def _bar(kind: str, articles: int) -> int:
    if kind in ("armed group", "opposition") and articles < 10:
        return 1
    return max(_FEWEST_MENTIONS, articles // 5)


def _shown(party: str, lexicon: PartyLexicon) -> str:
    return lexicon.display_government(party) if lexicon.parties[party].kind == "country" else party


def _sides_named(article: Article, lexicon: PartyLexicon) -> dict[str, list[Citation]]:
    """For each party the sentences that name it as a side, not as a place."""
    found: dict[str, dict[int, Citation]] = {}
    for mention in lexicon.find(article.text):
        if lexicon.parties[mention.party].kind == "country" and not lexicon.is_actor(article.text, mention):
            continue
        sentence = article.sentence_at(mention.start)
        citation = Citation(article, sentence.start, sentence.end)
        found.setdefault(mention.party, {}).setdefault(sentence.index, citation)
    return {party: list(citations.values()) for party, citations in found.items()}


def _dates(claims: Sequence[Claim]) -> tuple[DateMention, ...]:
    """The days named in cited sentences, each wording and meaning once."""
    cited: dict[str, list[Citation]] = {}
    articles: dict[str, Article] = {}
    for citation in number_citations(claims):
        cited.setdefault(citation.article.id, []).append(citation)
        articles[citation.article.id] = citation.article
    found: dict[tuple[str, dt.date | None], DateMention] = {}
    for article_id, receipts in cited.items():
        for date in find_dates(articles[article_id]):
            inside = any(r.start <= date.citation.start < r.end for r in receipts)
            if inside:
                found.setdefault((date.citation.quote.lower(), date.day), date)
    return tuple(list(found.values())[:_MOST_DATES])


def _nothing(articles: Sequence[Article], topic: str | None) -> list[str]:
    if articles:
        return []
    about = f" about “{topic}”" if topic else ""
    return [f"The library has no articles{about} for these days; `briefing add PATH` adds some."]


def _reprints(origins: Sequence[Origin]) -> list[str]:
    notes = []
    for origin in origins:
        if len(origin.articles) > 1:
            outlets = sorted({a.outlet or "an outlet not given" for a in origin.articles})
            notes.append(
                f"{len(origin.articles)} articles are one report printed more than once "
                f"({', '.join(outlets)}); it counts once."
            )
    return notes


def _title(
    since: dt.date | None, until: dt.date | None, topic: str | None, articles: Sequence[Article]
) -> str:
    from briefing.export.phrases import day_words

    days = sorted(a.day for a in articles if a.day)
    first, last = since or (days[0] if days else None), until or (days[-1] if days else None)
    title = f"Briefing: {topic}" if topic else "Briefing"
    if first is None or last is None:
        return title
    return f"{title}, {day_words(first)}" + (f" to {day_words(last)}" if last != first else "")
