"""Which passages a reader's filters let through, told by the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from briefing.reading.characters import encodable
from briefing.store import schema
from briefing.store.database import Database, each
from briefing.types import Filters

_ARTICLES, _PASSAGES, _STATEMENTS = schema.articles.c, schema.passages.c, schema.statements.c
# A passage holds a statement when the two share a character.
_HOLDS = (
    (_STATEMENTS.article_id == _PASSAGES.article_id)
    & (_STATEMENTS.content_start < _PASSAGES.end)
    & (_STATEMENTS.content_end > _PASSAGES.start)
)


class Selection:
    """Passages by outlet, day, article, party and speaker, without reading any of their text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def chosen(self, filters: Filters, most: int | None = None) -> list[str] | None:
        """The ids of all passages that pass, in order; None when there are more than `most`."""
        with self._database.reading() as connection:
            query = self._query(connection, filters, most)
            if query is None:
                return None
            found = list(connection.scalars(query if most is None else query.limit(most + 1)))
        return None if most is not None and len(found) > most else sorted(found)

    def passing(self, passage_ids: Sequence[str], filters: Filters) -> list[str]:
        """Those of the ids that pass, in the order given."""
        query = sa.select(_PASSAGES.id).join(schema.articles).where(_PASSAGES.id.in_(each(passage_ids)))
        with self._database.reading() as connection:
            found = set(connection.scalars(query.where(*article_conditions(filters), *_spoken(filters))))
        return [i for i in passage_ids if i in found]

    def _query(
        self, connection: sa.Connection, filters: Filters, most: int | None
    ) -> sa.Select[tuple[str]] | None:
        """All that pass, from the side that has an index: the articles first, or the statements."""
        if not filters.choose_articles:
            if not (filters.party or filters.speakers):
                return sa.select(_PASSAGES.id)
            return (
                sa.select(_PASSAGES.id)
                .distinct()
                .join(schema.statements, _HOLDS)
                .where(*statement_conditions(filters))
            )
        articles = sa.select(_ARTICLES.id).where(*article_conditions(filters))
        held = list(connection.scalars(articles if most is None else articles.limit(most + 1)))
        if most is not None and len(held) > most:
            return None  # every article has a passage, or is found by none
        return sa.select(_PASSAGES.id).where(_PASSAGES.article_id.in_(each(held)), *_spoken(filters))


def article_conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """What the filters ask of an article."""
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.articles is not None:
        conditions.append(_ARTICLES.id.in_(each(filters.articles)))
    if filters.since is not None:
        conditions.append(_ARTICLES.day >= filters.since.isoformat())
    if filters.until is not None:
        conditions.append(_ARTICLES.day <= filters.until.isoformat())
    if filters.outlet is not None:
        conditions.append(_ARTICLES.outlet == encodable(filters.outlet))
    return conditions


def statement_conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """What the filters ask of a statement."""
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.party is not None:
        conditions.append(_of_party(filters.party, filters.tied))
    if filters.speakers:
        conditions.append(_STATEMENTS.speaker.in_(_plain(filters.speakers)))
    return conditions


def _of_party(party: str, tied: Sequence[str]) -> sa.ColumnElement[bool]:
    named = _STATEMENTS.party == encodable(party)
    if not tied:
        return named
    # Not "party IS NULL": SQLite would go through all that have none by the index, not through the speakers.
    sideless = sa.func.coalesce(_STATEMENTS.party, "") == ""
    return named | (sideless & _STATEMENTS.speaker.in_(_plain(tied)))


def _spoken(filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    """What the filters ask of a passage's statements."""
    said = statement_conditions(filters)
    return [sa.exists().where(_HOLDS, *said)] if said else []


def _plain(names: Sequence[str]) -> list[str]:
    return [encodable(name) for name in names]
