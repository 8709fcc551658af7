"""What a library holds, in names, days and numbers, without reading its articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import sqlalchemy as sa

from briefing.reading.characters import encodable
from briefing.store import schema
from briefing.store.changes import current_generation
from briefing.store.database import Database, each
from briefing.store.selection import article_conditions
from briefing.types import Filters

_ARTICLES, _STATEMENTS = schema.articles.c, schema.statements.c
# What the text says itself ("U.S. Secretary of State John Kerry") has 0.95; conclusions have 0.6 or less.
_OUTRIGHT = 0.9
_TIED = (
    _STATEMENTS.rule.like("name; title%")
    & (_STATEMENTS.confidence > _OUTRIGHT)
    & _STATEMENTS.speaker.like("% %")
    & (_STATEMENTS.party > "")
)


class Names:
    """Outlets, parties, people and days of one catalog. Every question is answered from an index."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listed: dict[str, tuple[int, list[str]]] = {}
        self._tied: dict[str, tuple[int, tuple[str, ...]]] = {}

    def names(self, kind: Literal["outlet", "party"]) -> list[str]:
        """The outlets, or the parties of statements, each once and in order.

        Goes from each name to the next in the index (300 outlets of 40,000 articles take 3 ms), once for each
        generation of the catalog.
        """
        with self._database.reading() as connection:
            generation = current_generation(connection)
            held = self._listed.get(kind)
            if held is None or held[0] != generation:
                held = self._listed[kind] = generation, self._walk(connection, kind)
        return list(held[1])

    def _walk(self, connection: sa.Connection, kind: Literal["outlet", "party"]) -> list[str]:
        column = _ARTICLES.outlet if kind == "outlet" else _STATEMENTS.party
        first = sa.select(sa.func.min(column).label("name")).where(column > "").cte(recursive=True)
        after = sa.select(sa.func.min(column)).where(column > first.c.name).scalar_subquery()
        names = first.union_all(sa.select(after).where(first.c.name.is_not(None)))
        return list(connection.scalars(sa.select(names.c.name).where(names.c.name.is_not(None))))

    def outlets_of(self, filters: Filters) -> list[str]:
        """The outlets of the articles that pass, each once and in order."""
        query = sa.select(_ARTICLES.outlet).where(_ARTICLES.outlet > "", *article_conditions(filters))
        with self._database.reading() as connection:
            return list(connection.scalars(query.distinct().order_by(_ARTICLES.outlet)))

    def most_heard(self, parties: Sequence[str]) -> str | None:
        """As `Store.most_heard`."""
        count = sa.func.count()
        query = sa.select(_STATEMENTS.party).where(_STATEMENTS.party.in_(each(parties)))
        with self._database.reading() as connection:
            return connection.scalar(query.group_by(_STATEMENTS.party).order_by(count.desc()).limit(1))

    def speakers(self, last_words: Iterable[str]) -> list[str]:
        """The speakers whose name ends in one of these words (ASCII letters in lower case), in order."""
        last: sa.ColumnElement[str] = sa.literal_column(schema.LAST_WORD)
        words = each(encodable(word) for word in last_words)
        query = sa.select(_STATEMENTS.speaker).where(last.in_(words)).distinct()
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(_STATEMENTS.speaker)))

    def sides(self, speakers: Iterable[str]) -> dict[str, str]:
        """Those of the people whom statements tie to a party outright, where all of them agree on it."""
        c = _STATEMENTS
        query = (
            sa.select(c.speaker, sa.func.min(c.party))
            .where(c.speaker.in_(each(encodable(name) for name in speakers)), _TIED)
            .group_by(c.speaker)
            .having(sa.func.count(c.party.distinct()) == 1)
            .order_by(c.speaker)
        )
        with self._database.reading() as connection:
            return {str(row[0]): str(row[1]) for row in connection.execute(query)}

    def tied_to(self, party: str) -> tuple[str, ...]:
        """The people whom `sides` gives this party, those of whom some statement gives none, in order.

        Looked up once for each generation: 50 ms for a party with 36,000 statements.
        """
        c = _STATEMENTS
        own = sa.select(c.speaker).where(c.party == encodable(party), _TIED)
        agreed = (
            sa.select(c.speaker)
            .where(c.speaker.in_(own), _TIED)
            .group_by(c.speaker)
            .having(sa.func.count(c.party.distinct()) == 1)
        )
        sideless = sa.func.coalesce(c.party, "") == ""
        query = sa.select(c.speaker).distinct().where(c.speaker.in_(agreed), sideless).order_by(c.speaker)
        with self._database.reading() as connection:
            generation = current_generation(connection)
            held = self._tied.get(party)
            if held is None or held[0] != generation:
                held = self._tied[party] = generation, tuple(connection.scalars(query))
        return held[1]

    def count_articles(self, filters: Filters) -> tuple[int, dt.date | None, dt.date | None, int]:
        """As `Store.count_articles`."""
        conditions = article_conditions(filters)
        with self._database.reading() as connection:
            first, last = (
                str(connection.scalar(sa.select(end(_ARTICLES.day)).where(*conditions)) or "")
                for end in (sa.func.min, sa.func.max)
            )
            count = sa.select(sa.func.count(), sa.func.count(_ARTICLES.day)).where(*conditions)
            every, dated = connection.execute(count).one()
        return every, _day(first), _day(last), every - dated

    def count(self) -> dict[str, int]:
        """How many articles, sentences, statements and passages there are."""
        tables = (schema.articles, schema.sentences, schema.statements, schema.passages)
        with self._database.reading() as connection:
            return {t.name: connection.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
