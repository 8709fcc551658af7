"""What the derived indexes need to know of the catalog: how it has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from briefing.store import schema
from briefing.store.database import Database, each

_ARTICLES, _PASSAGES = schema.articles.c, schema.passages.c


class PassageRow(NamedTuple):
    """What the derived indexes hold of one passage.

    `vector` is the stored float16 blob, `day` an ISO date or empty; `parties` and `speakers` are credited
    with a statement in the passage.
    """

    id: str
    text: str
    headline: str
    vector: bytes
    article: str = ""
    outlet: str = ""
    day: str = ""
    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


class Changes:
    """The passages that came and went, by generation of the catalog."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[int, int] | None = None

    def generation(self) -> int:
        """A number that grows with every change of articles; 0 for a library that never held any."""
        with self._database.reading() as connection:
            return current_generation(connection)

    def passage_count(self) -> int:
        """How many passages there are; counted once for each generation."""
        generation = self.generation()
        if self._counted is None or self._counted[0] != generation:
            self._counted = self.state()
        return self._counted[1]

    def state(self) -> tuple[int, int]:
        """The generation and the number of passages in it."""
        with self._database.reading() as connection:
            count = connection.scalar(sa.select(sa.func.count()).select_from(schema.passages)) or 0
            return current_generation(connection), count

    def passages_since(self, generation: int, size: int) -> Iterator[list[PassageRow]]:
        """The passages stored after that generation, in batches of `size`, in the order they came."""
        columns = (
            _PASSAGES.id,
            _PASSAGES.article_id,
            _PASSAGES.start,
            _PASSAGES.end,
            _PASSAGES.vector,
            _ARTICLES.title,
            _ARTICLES.text,
            _ARTICLES.outlet,
            _ARTICLES.day,
        )
        query = (
            sa.select(*columns)
            .join(schema.articles)
            .where(_PASSAGES.generation > generation)
            .order_by(_PASSAGES.generation, sa.literal_column("passages.rowid"))
            .execution_options(yield_per=size)
        )
        with self._database.reading() as connection:
            for part in connection.execute(query).partitions():
                said = _said(connection, [row.article_id for row in part])
                yield [_row(row, said.get(row.article_id, ())) for row in part]

    def removed_since(self, generation: int) -> list[str]:
        """The passages removed after that generation."""
        table = schema.removals.c
        query = sa.select(table.passage_id).where(table.generation > generation).order_by(table.number)
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def forget_removals(self) -> None:
        """Drop the record of removed passages, once no derived index holds any of them."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(schema.removals))


def _said(connection: sa.Connection, article_ids: Sequence[str]) -> dict[str, list[sa.Row[Any]]]:
    """Who is credited from where to where, by article."""
    c = schema.statements.c
    query = sa.select(c.article_id, c.content_start, c.content_end, c.party, c.speaker)
    found: dict[str, list[sa.Row[Any]]] = {}
    for row in connection.execute(query.where(c.article_id.in_(each(set(article_ids))))):
        found.setdefault(row.article_id, []).append(row)
    return found


def _row(row: sa.Row[Any], said: Sequence[sa.Row[Any]]) -> PassageRow:
    inside = [one for one in said if one.content_start < row.end and one.content_end > row.start]
    return PassageRow(
        id=row.id,
        text=row.text[row.start : row.end],
        headline=row.title,
        vector=row.vector,
        article=row.article_id,
        outlet=row.outlet,
        day=row.day or "",
        parties=tuple(sorted({one.party for one in inside if one.party})),
        speakers=tuple(sorted({one.speaker for one in inside if one.speaker})),
    )


def next_generation(connection: sa.Connection) -> int:
    """Begin a new generation of the catalog, within the transaction that changes it."""
    generation = current_generation(connection) + 1
    key = schema.meta.c.key
    connection.execute(sa.update(schema.meta).where(key == "generation").values(value=str(generation)))
    return generation


def current_generation(connection: sa.Connection) -> int:
    """The generation of the catalog that a transaction sees."""
    return int(
        connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "generation")) or 0
    )
