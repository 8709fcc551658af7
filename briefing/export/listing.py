"""Lists for the terminal: the articles of a library, and who said what in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.export.phrases import one_line
from briefing.types import Article, Statement


@dataclass(frozen=True)
class Listing:
    """A table: `text()` for reading, `record()` for programs (docs/json.md)."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]

    def record(self) -> dict[str, Any]:
        return {"schema": "briefing/1", "type": self.kind, self.kind: list(self.rows)}

    def text(self) -> str:
        """One line a row, columns apart by two blanks, long cells cut; control characters taken out."""
        cells = [[_cell(row[c]) for c in self.columns] for row in self.rows]
        widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(self.columns)]
        lines = [[*self.columns], *cells]
        shown = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
        return "\n".join(shown)


def _cell(value: Any) -> str:
    text = one_line(str(value if value is not None else ""))
    return text if len(text) <= 60 else text[:59] + "…"


def list_articles(articles: Sequence[Article]) -> Listing:
    rows = tuple(
        {
            "id": a.id,
            "published": a.published_iso[:10],
            "outlet": a.outlet,
            "title": a.title,
            "url": a.url,
            "sentences": len(a.sentences),
        }
        for a in articles
    )
    return Listing("articles", ("id", "published", "outlet", "sentences", "title"), rows)


def list_statements(statements: Sequence[Statement]) -> Listing:
    rows = tuple(
        {
            "article": s.article.id,
            "outlet": s.article.outlet,
            "sentence": s.sentences[0].index + 1 if s.sentences else None,
            "party": s.party,
            "speaker": s.speaker,
            "mention": s.mention,
            "status": s.status,
            "cue": s.cue,
            "kind": s.kind,
            "act": s.act,
            "content": s.content,
            "rule": s.rule,
            "confidence": s.confidence,
            "source_spans": [list(x) for x in s.source_spans],
            "cue_spans": [list(x) for x in s.cue_spans],
            "content_spans": [list(x) for x in s.content_spans],
        }
        for s in statements
    )
    return Listing("statements", ("article", "sentence", "party", "mention", "cue", "content"), rows)
