"""Who says what in one article: the tagger, the linker, the repairs and the resolver, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from briefing.reading.document import Document, read_document
from briefing.reading.linker import Linker, load_weights
from briefing.reading.parties import load_lexicon
from briefing.reading.people import find_people
from briefing.reading.quotations import quoted_share
from briefing.reading.repair import Attribution, repair
from briefing.reading.reporting import find_verb
from briefing.reading.speakers import SpeakerResolver
from briefing.reading.tagger import tag
from briefing.types import Article, Span, Statement, StatementKind

# "targeting what Moscow said were IS positions": the tagger leaves the inner attribution in one piece.
_WHAT_SAID = re.compile(
    r"\bwhat\s+((?:[\w.'’-]+\s+){1,5}?)(say|says|said|claim|claims|claimed|call|calls|called|"
    r"describe|describes|described)\s+((?:was|were|is|are|as)?\s*[^,.;“”\n]{3,160})"
)


def find_statements(article: Article, parties: Path | None = None) -> list[Statement]:
    """Every attribution of the article, in order of its content.

    `parties` is the user's file of parties and people. Raises ModelFileError when a weights file is
    missing or broken; no text can make it fail.
    """
    lexicon = load_lexicon(parties)
    document = read_document(article)
    attributions = find_attributions(document)
    mentions = lexicon.find(article.text)
    people = find_people(article, mentions, lexicon)
    resolver = SpeakerResolver(article, mentions, people, lexicon)
    return [_statement(article, document, a, resolver) for a in attributions]


def find_attributions(document: Document) -> list[Attribution]:
    """Source, cue and content spans, before anybody is resolved."""
    links = Linker(document, tag(document)).links(load_weights())
    tagged = [
        Attribution(
            source=[document.characters(*link.source)] if link.source else [],
            cue=[document.characters(*link.cue)] if link.cue else [],
            content=[document.characters(*content) for content in link.contents],
        )
        for link in links
    ]
    return _inner(document.text, repair(document.text, tagged))


def _inner(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Gives `what X said were Y` its source and cue."""
    found = []
    for attribution in attributions:
        match = None
        if not attribution.source and not attribution.cue:
            start, end = attribution.content[0]
            match = _WHAT_SAID.match(text, start, min(len(text), end + 1))
        if match is None:
            found.append(attribution)
            continue
        source = match.span(1)[0], match.start(1) + len(match[1].rstrip())
        end = match.start(3) + len(match[3].rstrip())
        found.append(Attribution([source], [match.span(2)], [(match.start(3), end)], "what X said"))
    return found


def _statement(
    article: Article, document: Document, attribution: Attribution, resolver: SpeakerResolver
) -> Statement:
    who = resolver.resolve(attribution.source, attribution.content)
    cue = " ".join(article.text[a:b] for a, b in attribution.cue)
    verb = find_verb(cue)
    return Statement(
        article=article,
        source_spans=tuple(attribution.source),
        cue_spans=tuple(attribution.cue),
        content_spans=tuple(attribution.content),
        kind="direct"
        if attribution.rule == "transcript"
        else _kind(document, attribution.content, verb.act if verb else None),
        mention=" ".join(article.text[a:b] for a, b in attribution.source),
        speaker=who.speaker,
        party=who.party,
        affiliation=who.affiliation,
        status=who.status,
        rule=who.rule,
        confidence=who.confidence,
        act=verb.act if verb else ("say" if not attribution.cue else "other"),
    )


def _kind(document: Document, content: Sequence[Span], act: str | None) -> StatementKind:
    share = quoted_share(document.text, document.quotations, content)
    if share >= 0.9:
        return "direct"
    if share > 0:
        return "mixed"
    return "belief" if act in (None, "believe") else "indirect"
