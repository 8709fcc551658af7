"""Answers and briefings as plain JSON for the claims component. It is shown as text, never as markup."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.export.phrases import (
    day_words,
    outlet_words,
    searched_words,
    speaker_note,
    stance_words,
    usage_words,
)
from briefing.export.records import number_receipts
from briefing.types import Answer, Article, Briefing, Citation, Claim, ClaimGroup, Dispute

Json = dict[str, Any]
_MOST_NAMES = 12


@dataclass(frozen=True)
class Page:
    """A `sheet` for the claims component, and the citation behind each of its chips, by position.

    The first `numbered` citations are the receipts, numbered as in every export of the same page.
    """

    sheet: Json
    citations: tuple[Citation, ...]
    numbered: int


class _Chips:
    """Makes the chips of one page. What is cited besides its receipts gets a paragraph sign, not a number."""

    def __init__(self, receipts: Sequence[Citation]) -> None:
        self.citations = list(receipts)
        self.numbered = len(self.citations)
        self._position = {c.key: i for i, c in enumerate(self.citations)}

    def __call__(self, citation: Citation) -> Json:
        at = self._position.setdefault(citation.key, len(self.citations))
        if at == len(self.citations):
            self.citations.append(citation)
        is_receipt = at < self.numbered
        source = source_words(citation.article)
        name = f"Receipt {at + 1}" if is_receipt else "The place"
        return {
            "at": at,
            "label": str(at + 1) if is_receipt else "¶",
            "name": f"{name}: {source}. Open it in its article.",
            "source": source,
            "quote": citation.quote,
        }

    def page(self, sheet: Json) -> Page:
        return Page(sheet, tuple(self.citations), self.numbered)


def answer_page(answer: Answer) -> Page:
    """One exchange: the question as typed, what it was taken to mean, and the answer or why there is none."""
    chips = _Chips(number_receipts(answer.claims, answer.nearest)[0])
    sections = [_group(chips, group) for group in answer.groups]
    if answer.nearest:
        nearest = [_quoted(chips, c) for c in answer.nearest]
        sections.append(_section("The sentences that came closest", nearest, quiet=True))
    return chips.page(
        {
            "question": answer.question,
            "asides": [f"Asked as: {answer.asked}"] if answer.asked != answer.question else [],
            "declined": answer.reason if answer.abstained else "",
            "sections": sections,
            "feet": _filled([*answer.notes, searched_words(answer.searched), usage_words(answer.usage)]),
        }
    )


def briefing_page(briefing: Briefing) -> Page:
    """The one page, in reading order; `Sources` repeats every numbered receipt with its words."""
    receipts = number_receipts(briefing.claims, [u.citation for u in briefing.not_heard])[0]
    chips = _Chips(receipts)
    unheard = [
        _line(f"{u.party}: mentioned {_times(u.mentions)}, never quoted or reported.", [chips(u.citation)])
        for u in briefing.not_heard
    ]
    dates = [
        _line(
            f"“{d.citation.quote}”: {day_words(d.day) if d.day else 'left as written'} ({d.rule})",
            [chips(d.citation)],
        )
        for d in briefing.dates
    ]
    positions = [_group(chips, group) for group in briefing.positions]
    if positions:
        positions[0]["kicker"] = "What each side says"
    sections = [
        _section("What happened", [_claim(chips, c) for c in briefing.happened]),
        *positions,
        _section("Reports without a named source", [_claim(chips, c) for c in briefing.reports]),
        *(_dispute(chips, dispute) for dispute in briefing.disputes),
        _section("Speaker not named", [_claim(chips, c) for c in briefing.unnamed]),
        _section("Not heard in these sources", unheard),
        _section("Dates", dates, quiet=True),
        _section("Sources", [_quoted(chips, c) for c in receipts], quiet=True),
    ]
    filled = [s for s in sections if s["lines"] or s["columns"]]
    return chips.page(
        {
            "title": briefing.title,
            "asides": [_extent(briefing)],
            "declined": "" if filled else "No article in the library fits these days and this topic.",
            "sections": filled,
            "feet": _filled([*briefing.notes, usage_words(briefing.usage)]),
        }
    )


def _filled(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text]


def articles_page(articles: Sequence[Article]) -> Page:
    """The articles by outlet, each with a chip that opens it at its first sentence."""
    chips = _Chips(())
    sections: dict[str, Json] = {}
    for article in articles:
        outlet = article.outlet or "Outlet not given"
        first = article.sentences[0]
        chip = chips(Citation(article, first.start, first.end)) | {"label": "Read"}
        line = _line(article.title or first.text, [chip])
        line["speaker"] = day_words(article.day) if article.day else "no date given"
        sections.setdefault(outlet, _section(outlet, []))["lines"].append(line)
    return chips.page({"asides": [], "sections": list(sections.values()), "feet": []})


def source_words(article: Article) -> str:
    """Outlet and day, or what is missing of them, in words."""
    return f"{outlet_words(article)}, {day_words(article.day) if article.day else 'no date given'}"


def span_words(first: dt.date | None, last: dt.date | None, undated: int) -> str:
    """The days that articles cover, for example "1 to 3 October 2015, 2 without a date"."""
    if first is None or last is None:
        return "no dates given" if undated else ""
    if first == last or first.year != last.year:
        days = " to ".join(dict.fromkeys((day_words(first), day_words(last))))
    elif first.month == last.month:
        days = f"{first.day} to {day_words(last)}"
    else:
        days = f"{first.day} {first:%B} to {day_words(last)}"
    return f"{days}, {undated} without a date" if undated else days


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _names(values: Iterable[str]) -> str:
    known = sorted({value for value in values if value})
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    return ", ".join(known[:_MOST_NAMES]) + more


def _times(sentences: int) -> str:
    return "once" if sentences == 1 else f"in {sentences} sentences"


def _extent(briefing: Briefing) -> str:
    articles = briefing.articles
    days = sorted(a.day for a in articles if a.day)
    first, last = (days[0], days[-1]) if days else (None, None)
    parts = [
        counted(len(articles), "article"),
        _names(a.outlet for a in articles),
        span_words(first, last, len(articles) - len(days)),
    ]
    if 0 < len(briefing.origins) < len(articles):
        parts.append(counted(len(briefing.origins), "independent origin"))
    return " · ".join(part for part in parts if part)


def _section(heading: str, lines: list[Json], *, quiet: bool = False) -> Json:
    return {"heading": heading, "kicker": "", "lines": lines, "columns": [], "quiet": quiet}


def _group(chips: _Chips, group: ClaimGroup) -> Json:
    return _section(group.heading, [_claim(chips, c) for c in group.claims])


def _dispute(chips: _Chips, dispute: Dispute) -> Json:
    columns = [
        {
            "heading": position.party,
            "stance": stance_words(position),
            "lines": [_claim(chips, c) for c in position.claims],
        }
        for position in dispute.positions
    ]
    return {**_section(dispute.issue, []), "kicker": "Disputed", "columns": columns}


def _quoted(chips: _Chips, citation: Citation) -> Json:
    where = [source_words(citation.article), citation.article.title]
    return {**_line(citation.quote, [chips(citation)]), "speaker": ". ".join(filter(None, where))}


def _claim(chips: _Chips, claim: Claim) -> Json:
    line = _line(claim.text, [chips(c) for c in claim.citations])
    if claim.speaker and not _is_named_in(claim.speaker, claim.text):
        line["speaker"] = claim.speaker
    line["tag"] = speaker_note(claim)
    if not claim.verdict.supported:
        line["problem"] = ": ".join(filter(None, [claim.verdict.label, "; ".join(claim.verdict.reasons)]))
    line["notes"] = list(claim.notes)
    return line


def _is_named_in(speaker: str, text: str) -> bool:
    """Whether the line has any part of the speaker's name but its small words ("Osei" for "Mara Osei")."""
    parts = (word.strip(string.punctuation).casefold() for word in speaker.split())
    return any(len(part) > 3 and part in text.casefold() for part in parts)


def _line(text: str, chips: list[Json]) -> Json:
    return {"text": text, "chips": chips, "speaker": "", "tag": "", "problem": "", "notes": []}
