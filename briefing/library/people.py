"""Names that one article leaves without a side and another ties to one.

"John Kerry said" in one report, "U.S. Secretary of State John Kerry" in the next: a full name that all the
articles which give it a side give the same side has that side everywhere in the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.types import Statement

if TYPE_CHECKING:
    from briefing.store import Store

_RULE = "name; side given in another article"
_CONFIDENCE = 0.75


def told_statements(
    store: Store, article_ids: Sequence[str] | None = None, party: str | None = None
) -> list[Statement]:
    """The statements of these articles and this party, with the sides that other articles give speakers.

    Everything that is shown or checked goes through here, so that a line and its check see the same; what
    the store finds by a party it finds by these sides too.
    """
    statements = store.statements(article_ids, party)
    sideless = {
        s.speaker for told in statements for s in (told, *told.nested) if s.party is None and s.speaker
    }
    sides = store.sides(sideless)
    return [_with_side(s, sides) for s in statements]


def _with_side(statement: Statement, sides: Mapping[str, str]) -> Statement:
    nested = tuple(_with_side(inner, sides) for inner in statement.nested)
    side = sides.get(statement.speaker or "") if statement.party is None else None
    if side is not None:
        return replace(statement, party=side, rule=_RULE, confidence=_CONFIDENCE, nested=nested)
    return replace(statement, nested=nested) if nested else statement
