"""Compares what is found in the text of a row with what the row expects."""

from __future__ import annotations

from typing import Any

from briefing.reading.statements import find_statements
from briefing.types import Article, Statement

_FIELDS = ("speaker", "party", "status", "affiliation", "mention", "cue", "act", "kind", "stance")


def misses(row: dict[str, Any]) -> list[str]:
    """What is wrong, in words; nothing when the row holds.

    `expect` lists statements by a part of their content; `never` names people and sides that no statement
    may be credited to; a row that expects no statement at all must find none that anybody says.
    """
    statements = find_statements(Article(row["text"]))
    wrong = [problem for wanted in row["expect"] for problem in _compare(wanted, statements)]
    for name in row.get("never", ()):
        wrong += [f"credited to {name}: {s.content}" for s in statements if name in (s.speaker, s.party)]
    if not row["expect"]:
        wrong += [f"a statement: {s.content}" for s in statements if s.act != "other"]
    return wrong


def _compare(wanted: dict[str, Any], statements: list[Statement]) -> list[str]:
    part = wanted["content_contains"]
    found = next((s for s in statements if part in s.content), None)
    if found is None:
        return [f"no statement has {part!r}"]
    wrong = [
        f"{part!r}: {name} is {getattr(found, name)!r}, not {wanted[name]!r}"
        for name in _FIELDS
        if name in wanted and getattr(found, name) != wanted[name]
    ]
    return wrong + [
        f"{part!r} goes on to {more!r}" for more in wanted.get("content_without", ()) if more in found.content
    ]
