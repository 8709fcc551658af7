"""Lists for the terminal: the articles of a library, and who said what in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.export.phrases import one_line
from briefing.reading.parties.rows import KnownParty
from briefing.types import Article, Statement


@dataclass(frozen=True)
class Listing:
    """A table: `text()` for reading, `record()` for programs (docs/json.md)."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    hidden: tuple[str, ...] = ()  # columns that are for reading only

    def record(self) -> dict[str, Any]:
        rows = [{key: value for key, value in row.items() if key not in self.hidden} for row in self.rows]
        return {"schema": "briefing/1", "type": self.kind, self.kind: rows}

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


def list_parties(parties: Sequence[KnownParty]) -> Listing:
    rows = tuple(
        {
            "party": p.name,
            "kind": p.kind,
            "aliases": list(p.aliases),
            "bodies": list(p.bodies),
            "people": list(p.people),
            "yours": p.from_user,
            "also written": ", ".join(p.aliases),
            "speaks through": ", ".join(p.bodies),
        }
        for p in parties
    )
    columns = ("party", "kind", "also written", "speaks through", "yours")
    return Listing("parties", columns, rows, hidden=("also written", "speaks through"))


def list_statements(statements: Sequence[Statement]) -> Listing:
    """A row for each statement, and behind it one for each that it holds from somebody else ("↳")."""
    rows = []
    for statement in statements:
        rows.append(_statement_row(statement, None))
        rows.extend(_statement_row(inner, statement) for inner in statement.nested)
    columns = ("article", "sentence", "party", "who", "cue", "stance", "content")
    return Listing("statements", columns, tuple(rows), hidden=("who",))


def _statement_row(statement: Statement, outer: Statement | None) -> dict[str, Any]:
    s = statement
    who = s.speaker if s.speaker and s.speaker != s.mention else ""
    mention = s.mention or "(no speaker)"
    return {
        "who": ("↳ " if outer else "") + (f"{mention} = {who}" if who else mention),
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
        "stance": s.stance,
        "content": s.content,
        "relayed_by": (outer.speaker or outer.mention or None) if outer else None,
        "rule": s.rule,
        "confidence": s.confidence,
        "source_spans": [list(x) for x in s.source_spans],
        "cue_spans": [list(x) for x in s.cue_spans],
        "content_spans": [list(x) for x in s.content_spans],
    }
