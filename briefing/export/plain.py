"""Plain text for the terminal: the same lines as Markdown, without its marks and its escapes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from briefing.export.phrases import one_line, searched_words, speaker_note, usage_words, where_words
from briefing.export.records import Numbers, number_receipts
from briefing.types import Answer, Claim

_WIDTH = 100


def plain(answer: Answer) -> str:
    """An answer for reading in a terminal; control characters never reach it."""
    receipts, numbers = number_receipts(answer.claims, answer.nearest)
    lines: list[str] = []
    if answer.asked != answer.question:
        lines += [f"Asked as: {one_line(answer.asked)}", ""]
    if answer.abstained:
        lines += [_wrapped(one_line(answer.reason), ""), ""]
        if answer.nearest:
            lines.append("The nearest sentences:")
            lines += [_wrapped(f"{one_line(c.quote)} [{numbers[c.key]}]", "  - ") for c in answer.nearest]
            lines.append("")
        lines += [_wrapped(one_line(searched_words(answer.searched)), ""), ""]
    for group in answer.groups:
        lines += [one_line(group.heading), *_claims(group.claims, numbers), ""]
    told = [*answer.notes, usage_words(answer.usage)]
    lines += [_wrapped(one_line(note), "Note: ") for note in told if note]
    if receipts:
        lines.append("Sources")
        for number, receipt in enumerate(receipts, start=1):
            text = one_line(f"{where_words(receipt)}: {receipt.quote}")
            lines.append(_wrapped(text, f"  [{number}] "))
    return "\n".join(lines).rstrip() + "\n"


def _claims(claims: Sequence[Claim], numbers: Numbers) -> list[str]:
    lines = []
    for claim in claims:
        marks = "".join(f"[{numbers[c.key]}]" for c in claim.citations)
        words = "; ".join(filter(None, [speaker_note(claim), *claim.notes]))
        notes = f" ({one_line(words)})" if words else ""
        lines.append(_wrapped(f"{one_line(claim.text)} {marks}{notes}", "  - "))
    return lines


def _wrapped(text: str, lead: str) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
