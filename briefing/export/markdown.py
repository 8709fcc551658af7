"""Markdown: a briefing as one page, an answer as lines under party headings, both with numbered sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.export.phrases import (
    day_words,
    one_line,
    searched_words,
    speaker_note,
    stance_words,
    usage_words,
    where_words,
)
from briefing.export.records import Numbers, number_receipts
from briefing.types import Answer, Briefing, Citation, Claim, ClaimGroup, Dispute, Position

_ACTIVE = re.compile(r"([\\`*_\[\]<>&|~$])")
# At the start of a line or of a list entry these make a heading, a list or a rule: "# War", "2. Then".
_OPENS_BLOCK = re.compile(r"^(\d+(?=[.)](?: |$))|)([-+=#.)])")


def markdown(page: Answer | Briefing) -> str:
    """The page as Markdown; whatever comes from an article is escaped and can neither link nor load."""
    lines = _answer(page) if isinstance(page, Answer) else _briefing(page)
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is written, on one line."""
    escaped = _OPENS_BLOCK.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", one_line(text)))
    # Readers that make links of bare addresses do so from these signs.
    return escaped.replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "&#64;")


def _answer(answer: Answer) -> list[str]:
    receipts, numbers = number_receipts(answer.claims, answer.nearest)
    lines = [f"# {escape(answer.asked)}", ""]
    if answer.asked != answer.question:
        lines += [f"*Asked as:* {escape(answer.asked)} (typed: {escape(answer.question)})", ""]
    if answer.abstained:
        lines += [f"**{escape(answer.reason)}**", ""]
        if answer.nearest:
            lines += ["The nearest sentences:", ""]
            lines += [f"- {escape(c.quote)} [{numbers[c.key]}]" for c in answer.nearest]
            lines.append("")
        lines += [escape(searched_words(answer.searched)), ""]
    for group in answer.groups:
        lines += _group(group, numbers)
    lines += _notes([*answer.notes, usage_words(answer.usage)])
    return lines + _sources(receipts)


def _briefing(page: Briefing) -> list[str]:
    receipts, numbers = number_receipts(page.claims, [u.citation for u in page.not_heard])
    lines = [f"# {escape(page.title)}", "", _span(page), ""]
    lines += _section("What happened", page.happened, numbers)
    if page.positions:
        lines += ["## Positions", ""]
        for group in page.positions:
            lines += _group(group, numbers, level=3)
    lines += _section("Reports without a named source", page.reports, numbers)
    if page.disputes:
        lines += ["## Disputes", ""]
        for dispute in page.disputes:
            lines += _dispute(dispute, numbers)
    lines += _section("Speaker not named", page.unnamed, numbers)
    if page.not_heard:
        lines += ["## Not heard in these sources", ""]
        for unheard in page.not_heard:
            times = "once" if unheard.mentions == 1 else f"in {unheard.mentions} sentences"
            number = numbers[unheard.citation.key]
            lines.append(f"- {escape(unheard.party)}: mentioned {times}, never quoted [{number}]")
        lines.append("")
    lines += _dates(page)
    lines += _notes([*page.notes, usage_words(page.usage)])
    return lines + _sources(receipts)


def _span(page: Briefing) -> str:
    count = f"{len(page.articles)} article" + ("s" if len(page.articles) != 1 else "")
    outlets = sorted({a.outlet for a in page.articles if a.outlet})
    words = f"From {count}"
    if outlets:
        words += f" by {escape(', '.join(outlets))}"
    if len(page.origins) and len(page.origins) < len(page.articles):
        words += f", of {len(page.origins)} independent origin" + ("s" if len(page.origins) != 1 else "")
    return words + ". Every line cites the sentence it rests on."


def _section(heading: str, claims: Sequence[Claim], numbers: Numbers) -> list[str]:
    if not claims:
        return []
    return [f"## {heading}", "", *(_line(c, numbers) for c in claims), ""]


def _group(group: ClaimGroup, numbers: Numbers, level: int = 2) -> list[str]:
    lines = [f"{'#' * level} {escape(group.heading)}", ""]
    return [*lines, *(_line(c, numbers) for c in group.claims), ""]


def _dispute(dispute: Dispute, numbers: Numbers) -> list[str]:
    lines = [f"### {escape(dispute.issue)}", ""]
    for position in dispute.positions:
        claims = "; ".join(_inline(c, numbers) for c in position.claims)
        lines.append(f"- **{escape(position.party)}**{_stance(position)}: {claims}")
    return [*lines, ""]


def _stance(position: Position) -> str:
    words = stance_words(position)
    return f" ({words})" if words else ""


def _line(claim: Claim, numbers: Numbers) -> str:
    return f"- {_inline(claim, numbers)}"


def _inline(claim: Claim, numbers: Numbers) -> str:
    marks = "".join(f"[{numbers[c.key]}]" for c in claim.citations)
    words = "; ".join(filter(None, [speaker_note(claim), *claim.notes]))
    notes = f" *({escape(words)})*" if words else ""
    return f"{escape(claim.text)} {marks}{notes}"


def _dates(page: Briefing) -> list[str]:
    if not page.dates:
        return []
    lines = ["## Dates", ""]
    for date in page.dates:
        meaning = f"{day_words(date.day)} ({escape(date.rule)})" if date.day else escape(date.rule)
        lines.append(f"- “{escape(date.citation.quote)}”: {meaning}")
    return [*lines, ""]


def _notes(notes: Sequence[str]) -> list[str]:
    told = [f"- {escape(note)}" for note in notes if note]
    return ["## Notes", "", *told, ""] if told else []


def _sources(receipts: Sequence[Citation]) -> list[str]:
    if not receipts:
        return []
    lines = ["## Sources", ""]
    titled: set[str] = set()
    for number, receipt in enumerate(receipts, start=1):
        first = receipt.article.title and receipt.article.id not in titled
        title = f" “{escape(receipt.article.title)}”." if first else ""
        titled.add(receipt.article.id)
        lines.append(f"{number}. {escape(where_words(receipt))}.{title} {escape(receipt.quote)}")
    return [*lines, ""]
