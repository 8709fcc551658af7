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


def told_statements(store: Store, article_ids: Sequence[str]) -> list[Statement]:
    """The statements of these articles, with the sides that other articles give their speakers.

    Everything that is shown or checked goes through here, so that a line and its check see the same.
    """
    if not article_ids:
        return []
    statements = store.statements(article_ids=article_ids)
    sideless = {s.speaker for s in statements if s.party is None and s.speaker is not None}
    return _with_sides(statements, store.sides(sideless))


def _with_sides(statements: Sequence[Statement], sides: Mapping[str, str]) -> list[Statement]:
    return [
        replace(s, party=sides[s.speaker], rule=_RULE, confidence=_CONFIDENCE)
        if s.party is None and s.speaker is not None and s.speaker in sides
        else s
        for s in statements
    ]
