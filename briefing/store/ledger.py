"""What language models took, day by day, and what they replied, so that nothing is paid for twice."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from briefing.reading.characters import encodable
from briefing.store import schema
from briefing.store.database import Database
from briefing.types import Spent

_MOST_REPLIES = 5_000  # some ten megabytes; the oldest go first
_REPLIES, _SPENDING = schema.replies.c, schema.spending.c


class Ledger:
    """Replies and spending in the catalog. In a library that cannot be written nothing is kept or booked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept_reply(self, key: str) -> str | None:
        """The whole reply that was kept under `key`."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(_REPLIES.text).where(_REPLIES.key == key))

    def keep_reply(self, key: str, text: str) -> None:
        """Keep a whole reply; one that was kept under the same key stays."""
        if self._database.read_only:
            return
        with self._database.writing() as connection:
            connection.execute(
                insert(schema.replies).values(key=key, text=encodable(text)).on_conflict_do_nothing()
            )
            newest = sa.select(sa.func.max(_REPLIES.number)).scalar_subquery()
            connection.execute(sa.delete(schema.replies).where(_REPLIES.number <= newest - _MOST_REPLIES))

    def spent(self, day: dt.date) -> Spent:
        """What that day has taken so far."""
        query = sa.select(_SPENDING.tokens, _SPENDING.cost).where(_SPENDING.day == day.isoformat())
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return Spent() if row is None else Spent(row.tokens, row.cost)

    def book(self, day: dt.date, spent: Spent) -> None:
        """Add to what was spent that day."""
        if self._database.read_only:
            return
        new = insert(schema.spending).values(day=day.isoformat(), tokens=spent.tokens, cost=spent.cost)
        added = {"tokens": _SPENDING.tokens + new.excluded.tokens, "cost": _SPENDING.cost + new.excluded.cost}
        with self._database.writing() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["day"], set_=added))
