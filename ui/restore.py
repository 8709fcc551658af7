"""A stored answer as an answer again, so that a reloaded page shows it as it did before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from briefing.types import Answer, Article, Citation, Claim, ClaimGroup, Searched, Usage, Verdict

Record = Mapping[str, Any]
_GONE = "the articles they rest on are no longer in the library"


def restore_answer(record: Record, find: Callable[[str], Article | None]) -> Answer:
    """The answer of a record that `briefing.export` wrote (schema briefing/1).

    `find` gives an article by its id. A line that rests on an article which has left the library since has
    nothing to show for itself: it is left out, and a note of the answer says so.
    """
    receipts: dict[int, Citation] = {}
    for receipt in record["receipts"]:
        article = find(receipt["article"])
        if article is not None:
            receipts[receipt["number"]] = Citation(article, receipt["start"], receipt["end"])
    groups = tuple(g for g in (_group(group, receipts) for group in record["groups"]) if g.claims)
    told = sum(len(group["claims"]) for group in record["groups"])
    lost = told - sum(len(group.claims) for group in groups)
    notes = [f"{lost} of {told} lines left out: {_GONE}."] if lost else []
    return Answer(
        question=record["question"],
        asked=record["asked"],
        groups=groups,
        abstained=not groups,
        reason=record["reason"] if groups or not lost else f"No line is left of this answer: {_GONE}.",
        nearest=_cited(record["nearest"], receipts),
        searched=_searched(record["searched"]),
        writer=record["writer"],
        notes=(*record["notes"], *notes),
        usage=Usage(**record["usage"]) if record.get("usage") else None,
    )


def _group(group: Record, receipts: Mapping[int, Citation]) -> ClaimGroup:
    kept = [claim for claim in group["claims"] if all(number in receipts for number in claim["receipts"])]
    claims = tuple(_claim(claim, receipts) for claim in kept)
    return ClaimGroup(group["heading"], claims, group["party"])


def _claim(claim: Record, receipts: Mapping[int, Citation]) -> Claim:
    verdict = claim["verdict"]
    return Claim(
        text=claim["text"],
        party=claim["party"],
        speaker=claim["speaker"],
        citations=_cited(claim["receipts"], receipts),
        verdict=Verdict(verdict["label"], verdict["score"], tuple(verdict["reasons"])),
        notes=tuple(claim["notes"]),
    )


def _cited(numbers: list[int], receipts: Mapping[int, Citation]) -> tuple[Citation, ...]:
    return tuple(receipts[number] for number in numbers if number in receipts)


def _searched(searched: Record) -> Searched:
    first, last = searched["first_day"], searched["last_day"]
    return Searched(
        articles=searched["articles"],
        outlets=tuple(searched["outlets"]),
        first_day=dt.date.fromisoformat(first) if first else None,
        last_day=dt.date.fromisoformat(last) if last else None,
        undated=searched["undated"],
        parties_heard=tuple(searched["parties_heard"]),
    )
