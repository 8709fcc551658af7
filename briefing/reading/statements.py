"""Who says what in one article: the tagger, the linker, the repairs and the resolver, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefing.reading.attribution.document import Document, read_document
from briefing.reading.attribution.linker import Linker, load_weights
from briefing.reading.attribution.nested import Inner, find_inner
from briefing.reading.attribution.quotations import quoted_share
from briefing.reading.attribution.repair import Attribution, repair
from briefing.reading.attribution.reporting import find_verb
from briefing.reading.attribution.stances import find_stance
from briefing.reading.attribution.tagger import tag
from briefing.reading.parties import load_lexicon
from briefing.reading.parties.organisations import find_organisations
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.people import find_people
from briefing.reading.speakers.resolution import Resolution
from briefing.reading.speakers.resolver import SpeakerResolver
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
    document = read_document(article)
    lexicon = load_lexicon(parties)
    lexicon, mentions = find_organisations(article.text, lexicon.find(article.text), lexicon)
    bodies = Bodies(article, mentions, lexicon)
    resolver = SpeakerResolver(bodies, find_people(bodies))
    attributions = find_attributions(document)
    statements = [_statement(article, document, a, resolver) for a in attributions]
    for inner in find_inner(article.text, [a.content for a in attributions], _attributions_in):
        outer = statements[inner.outer]
        nested = _nested(outer, document, inner, resolver)
        statements[inner.outer] = replace(outer, nested=(*outer.nested, nested))
    return statements


def find_attributions(document: Document) -> list[Attribution]:
    """Source, cue and content spans, before anybody is resolved."""
    links = Linker(document, tag(document)).links(load_weights())
    tagged = [
        Attribution(
            source=[document.characters(*_one_paragraph(document, found.source, found.cue))]
            if found.source
            else [],
            cue=[document.characters(*found.cue)] if found.cue else [],
            content=[document.characters(*content) for content in found.contents],
        )
        for found in links
    ]
    return _inner(document.text, repair(document.text, tagged))


def _one_paragraph(document: Document, source: Span, cue: Span | None) -> Span:
    """The part of a source in the paragraph nearest its cue: a by-line or a caption above is nobody's."""
    first, stop = source
    paragraphs = document.paragraph_of
    if cue is None or cue[0] >= first:
        last = paragraphs[stop - 1]
        while paragraphs[first] != last:
            first += 1
    else:
        home = paragraphs[first]
        while paragraphs[stop - 1] != home:
            stop -= 1
    return first, stop


def _inner(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Gives `what X said were Y` its source and cue; "what" itself says nothing."""
    found = []
    for attribution in attributions:
        if len(attribution.content) > 1 and text[slice(*attribution.content[0])].lower() == "what":
            attribution.content = attribution.content[1:]
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


def _attributions_in(text: str) -> list[tuple[list[Span], list[Span], list[Span]]]:
    found = find_attributions(read_document(Article(text)))
    return [(a.source, a.cue, a.content) for a in found]


def _statement(
    article: Article, document: Document, attribution: Attribution, resolver: SpeakerResolver
) -> Statement:
    who = resolver.resolve(attribution.source, attribution.content)
    found = _credited(article, document, attribution, who)
    return replace(found, kind="direct") if attribution.rule == "transcript" else found


def _nested(outer: Statement, document: Document, inner: Inner, resolver: SpeakerResolver) -> Statement:
    """A statement inside another; "I" and "we" in it are the outer speaker, other pronouns nobody certain."""
    article = outer.article
    who = resolver.resolve_inside(inner.source[0])
    if article.text[slice(*inner.source[0])].lower() in ("i", "we"):
        who = Resolution(outer.speaker, outer.party, outer.affiliation, outer.status, "first person", 0.8)
    attribution = Attribution(list(inner.source), list(inner.cue), list(inner.content))
    found = _credited(article, document, attribution, who)
    # The quotation around it is the outer speaker's: nobody's words are quoted here.
    return replace(found, kind="belief" if found.act == "believe" else "indirect")


def _credited(article: Article, document: Document, attribution: Attribution, who: Resolution) -> Statement:
    text = article.text
    cue = " ".join(text[a:b] for a, b in attribution.cue)
    verb = find_verb(cue)
    return Statement(
        article=article,
        source_spans=tuple(attribution.source),
        cue_spans=tuple(attribution.cue),
        content_spans=tuple(attribution.content),
        kind=_kind(document, attribution.content, verb.act if verb else None),
        mention=" ".join(text[a:b] for a, b in attribution.source),
        speaker=who.speaker,
        party=who.party,
        affiliation=who.affiliation,
        status=who.status,
        rule=who.rule,
        confidence=who.confidence,
        act=verb.act if verb else ("say" if not attribution.cue else "other"),
        stance=find_stance(verb, cue, " ".join(text[a:b] for a, b in attribution.content)),
    )


def _kind(document: Document, content: Sequence[Span], act: str | None) -> StatementKind:
    share = quoted_share(document.text, document.quotations, content)
    if share >= 0.9:
        return "direct"
    if share > 0:
        return "mixed"
    return "belief" if act in (None, "believe") else "indirect"
