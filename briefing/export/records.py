"""Answers and briefings as plain data: the one JSON schema of the program, documented in docs/json.md."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.types import (
    Answer,
    Briefing,
    Citation,
    Claim,
    ClaimGroup,
    Dispute,
    Searched,
    Usage,
    number_citations,
)

SCHEMA = "briefing/1"
_SURROGATE = re.compile("[\ud800-\udfff]")
Numbers = Mapping[tuple[str, int, int], int]


def to_json(page: Answer | Briefing) -> str:
    """`record` as indented JSON with a final newline; the same page gives the same bytes."""
    text = json.dumps(record(page), ensure_ascii=False, indent=2)
    # Half of a surrogate pair, as a broken question or article may hold, cannot be written as UTF-8.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def record(page: Answer | Briefing) -> dict[str, Any]:
    """The page as data. Claims refer to `receipts` by number, from 1, in order of first use."""
    return _answer(page) if isinstance(page, Answer) else _briefing(page)


def number_receipts(
    claims: Sequence[Claim], more: Sequence[Citation] = ()
) -> tuple[tuple[Citation, ...], Numbers]:
    """The receipts of a page in order, and the number of each; `more` are numbered after the claims'."""
    receipts = list(number_citations(claims))
    seen = {r.key for r in receipts}
    for citation in more:
        if citation.key not in seen:
            seen.add(citation.key)
            receipts.append(citation)
    return tuple(receipts), {r.key: n for n, r in enumerate(receipts, start=1)}


def _answer(answer: Answer) -> dict[str, Any]:
    receipts, numbers = number_receipts(answer.claims, answer.nearest)
    return {
        "schema": SCHEMA,
        "type": "answer",
        "question": answer.question,
        "asked": answer.asked,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "groups": [_group(g, numbers) for g in answer.groups],
        "nearest": [numbers[c.key] for c in answer.nearest],
        "searched": _searched(answer.searched),
        "writer": answer.writer,
        "usage": _usage(answer.usage),
        "notes": list(answer.notes),
        "receipts": [receipt_record(r, n) for n, r in enumerate(receipts, start=1)],
    }


def _briefing(page: Briefing) -> dict[str, Any]:
    more = [*(u.citation for u in page.not_heard)]
    receipts, numbers = number_receipts(page.claims, more)
    return {
        "schema": SCHEMA,
        "type": "briefing",
        "title": page.title,
        "since": page.since.isoformat() if page.since else None,
        "until": page.until.isoformat() if page.until else None,
        "topic": page.topic,
        "happened": [claim_record(c, numbers) for c in page.happened],
        "positions": [_group(g, numbers) for g in page.positions],
        "reports": [claim_record(c, numbers) for c in page.reports],
        "disputes": [_dispute(d, numbers) for d in page.disputes],
        "unnamed": [claim_record(c, numbers) for c in page.unnamed],
        "not_heard": [
            {"party": u.party, "mentions": u.mentions, "receipts": [numbers[u.citation.key]]}
            for u in page.not_heard
        ],
        "dates": [
            {
                "text": d.citation.quote,
                "day": d.day.isoformat() if d.day else None,
                "rule": d.rule,
                "article": d.citation.article.id,
                "start": d.citation.start,
                "end": d.citation.end,
            }
            for d in page.dates
        ],
        "origins": [[a.id for a in o.articles] for o in page.origins],
        "articles": [
            {"id": a.id, "outlet": a.outlet, "published": a.published_iso, "title": a.title, "url": a.url}
            for a in page.articles
        ],
        "writer": page.writer,
        "usage": _usage(page.usage),
        "notes": list(page.notes),
        "receipts": [receipt_record(r, n) for n, r in enumerate(receipts, start=1)],
    }


def claim_record(claim: Claim, numbers: Numbers) -> dict[str, Any]:
    """One claim; `receipts` are numbers into the page's list."""
    return {
        "text": claim.text,
        "party": claim.party,
        "speaker": claim.speaker,
        "receipts": [numbers[c.key] for c in claim.citations],
        "verdict": {
            "label": claim.verdict.label,
            "score": round(claim.verdict.score, 4),
            "reasons": list(claim.verdict.reasons),
        },
        "notes": list(claim.notes),
    }


def receipt_record(citation: Citation, number: int) -> dict[str, Any]:
    """A receipt that can be re-checked: which article, which characters, and what stands there."""
    article, sentence = citation.article, citation.sentence
    return {
        "number": number,
        "article": article.id,
        "outlet": article.outlet,
        "published": article.published_iso,
        "title": article.title,
        "url": article.url,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "sentence": sentence.index + 1,
    }


def _group(group: ClaimGroup, numbers: Numbers) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "party": group.party,
        "claims": [claim_record(c, numbers) for c in group.claims],
    }


def _dispute(dispute: Dispute, numbers: Numbers) -> dict[str, Any]:
    return {
        "issue": dispute.issue,
        "positions": [
            {"party": p.party, "stance": p.stance, "claims": [claim_record(c, numbers) for c in p.claims]}
            for p in dispute.positions
        ],
    }


def _searched(searched: Searched) -> dict[str, Any]:
    return {
        "articles": searched.articles,
        "outlets": list(searched.outlets),
        "first_day": searched.first_day.isoformat() if searched.first_day else None,
        "last_day": searched.last_day.isoformat() if searched.last_day else None,
        "undated": searched.undated,
        "parties_heard": list(searched.parties_heard),
    }


def _usage(usage: Usage | None) -> dict[str, Any] | None:
    """What a language model took; None where none was asked."""
    if usage is None:
        return None
    return {**dataclasses.asdict(usage), "seconds": round(usage.seconds, 3)}
