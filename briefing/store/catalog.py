"""The truth: articles with their sentences, statements and passages, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from briefing.errors import InputError
from briefing.reading.characters import broken_characters
from briefing.store import rows, schema
from briefing.store.changes import next_generation
from briefing.store.database import Database, each
from briefing.store.selection import article_conditions, statement_conditions
from briefing.types import Article, Filters, Passage, Statement

if TYPE_CHECKING:
    from briefing.store.store import Entry

_ARTICLES, _PASSAGES, _STATEMENTS = schema.articles.c, schema.passages.c, schema.statements.c
# Undated articles come last.
_ARTICLE_ORDER = (_ARTICLES.day.is_(None), _ARTICLES.day, _ARTICLES.id)


class Catalog:
    """Reads and writes the catalog. Writers hold the library's writer lock; readers need none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entries: Sequence[Entry]) -> None:
        """Store the entries whose article is not stored yet, in one transaction."""
        for entry in entries:
            _check_characters(entry.article)
        with self._database.writing() as connection:
            stored = _known(connection, [entry.article.id for entry in entries])
            new: dict[str, Entry] = {}
            for entry in entries:
                if entry.article.id not in stored:
                    new.setdefault(entry.article.id, entry)
            if new:
                _insert(connection, list(new.values()), next_generation(connection))

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles and all that was made of them; how many there were."""
        with self._database.writing() as connection:
            stored = _known(connection, article_ids)
            if not stored:
                return 0
            generation = next_generation(connection)
            gone = sa.select(_PASSAGES.id, sa.literal(generation)).where(
                _PASSAGES.article_id.in_(each(stored))
            )
            columns = [schema.removals.c.passage_id, schema.removals.c.generation]
            connection.execute(sa.insert(schema.removals).from_select(columns, gone))
            connection.execute(sa.delete(schema.articles).where(_ARTICLES.id.in_(each(stored))))
            return len(stored)

    def known(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are stored."""
        with self._database.reading() as connection:
            return _known(connection, list(article_ids))

    def same_words(self, fingerprints: Sequence[str]) -> dict[str, list[str]]:
        """The ids of the stored articles by text fingerprint, for the fingerprints that occur."""
        column = _ARTICLES.fingerprint
        query = (
            sa.select(column, _ARTICLES.id)
            .where(column.in_(each(fingerprints)))
            .order_by(column, _ARTICLES.id)
        )
        with self._database.reading() as connection:
            found = connection.execute(query).all()
        return {key: [row[1] for row in group] for key, group in groupby(found, key=lambda row: str(row[0]))}

    def articles(self, filters: Filters) -> list[Article]:
        """The articles that meet every condition on articles, by (day, id)."""
        with self._database.reading() as connection:
            return list(_articles(connection, article_conditions(filters)).values())

    def statements(self, article_ids: Sequence[str] | None, filters: Filters) -> list[Statement]:
        """The statements of the articles that meet every condition on statements, by article and offset."""
        table = _STATEMENTS
        query = sa.select(schema.statements).join(schema.articles).where(*statement_conditions(filters))
        if article_ids is not None:
            query = query.where(table.article_id.in_(each(article_ids)))
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(*_ARTICLE_ORDER, table.start, table.number)).all()
            held = _articles_by_id(connection, [row.article_id for row in found])
        return [rows.to_statement(row, held[row.article_id]) for row in found]

    def newest(self, filters: Filters, most: int) -> list[str]:
        """As `Store.newest`."""
        articles = sa.select(_ARTICLES.id).where(*article_conditions(filters))
        if spoken := statement_conditions(filters):
            articles = articles.where(sa.exists().where(_STATEMENTS.article_id == _ARTICLES.id, *spoken))
        query = articles.order_by(_ARTICLES.day.desc(), _ARTICLES.id.desc()).limit(most)
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def passages(self, ids: Sequence[str], whole: bool) -> list[Passage]:
        """The passages in the order given; unknown ids are left out. Articles have their sentences when
        `whole`."""
        query = sa.select(_PASSAGES.id, _PASSAGES.article_id, _PASSAGES.start, _PASSAGES.end)
        with self._database.reading() as connection:
            found = {row.id: row for row in connection.execute(query.where(_PASSAGES.id.in_(each(ids))))}
            owners = [row.article_id for row in found.values()]
            held = _articles_by_id(connection, owners) if whole else _texts_by_id(connection, owners)
        ordered = (found[i] for i in ids if i in found)
        return [Passage(held[row.article_id], row.start, row.end) for row in ordered]

    def restate(self, article: Article, statements: Sequence[Statement]) -> None:
        """Put these statements in the place of those an article has; an unknown article has none."""
        table = schema.statements
        with self._database.writing() as connection:
            if not _known(connection, [article.id]):
                return
            # The full text holds who speaks in a passage, so it has to take these passages up again.
            again = sa.update(schema.passages).where(_PASSAGES.article_id == article.id)
            connection.execute(again.values(generation=next_generation(connection)))
            connection.execute(sa.delete(table).where(table.c.article_id == article.id))
            if statements:
                values = [rows.statement_values(s, article.id) for s in statements]
                connection.execute(sa.insert(table), values)


def _known(connection: sa.Connection, article_ids: Iterable[str]) -> set[str]:
    return set(connection.scalars(sa.select(_ARTICLES.id).where(_ARTICLES.id.in_(each(article_ids)))))


def _insert(connection: sa.Connection, entries: Sequence[Entry], generation: int) -> None:
    articles = [entry.article for entry in entries]
    for table, values in (
        (schema.articles, [rows.article_values(article) for article in articles]),
        (schema.sentences, [line for article in articles for line in rows.sentence_values(article)]),
        (schema.statements, [rows.statement_values(s, e.article.id) for e in entries for s in e.statements]),
        (schema.passages, [line for entry in entries for line in rows.passage_values(entry, generation)]),
    ):
        if values:
            connection.execute(sa.insert(table), values)


def _articles_by_id(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Article]:
    return _articles(connection, [_ARTICLES.id.in_(each(set(ids)))])


def _texts_by_id(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Article]:
    query = sa.select(schema.articles).where(_ARTICLES.id.in_(each(set(ids))))
    return {row.id: rows.to_article(row, ()) for row in connection.execute(query)}


def _articles(connection: sa.Connection, conditions: Sequence[sa.ColumnElement[bool]]) -> dict[str, Article]:
    found = connection.execute(sa.select(schema.articles).where(*conditions).order_by(*_ARTICLE_ORDER)).all()
    table = schema.sentences.c
    query = sa.select(schema.sentences).where(table.article_id.in_(each(row.id for row in found)))
    lines: dict[str, list[sa.Row[Any]]] = {row.id: [] for row in found}
    for line in connection.execute(query.order_by(table.article_id, table.number)).all():
        lines[line[0]].append(line)
    return {row.id: rows.to_article(row, lines[row.id]) for row in found}


def _check_characters(article: Article) -> None:
    if broken := broken_characters(article):
        raise InputError(f"article {article.title or article.url or article.id!r}: {broken}")
