"""What the program made and said: saved briefings, and the turns of conversations."""

from __future__ import annotations

import sqlalchemy as sa

from briefing.reading.characters import encodable
from briefing.store import schema
from briefing.store.database import Database

_BRIEFINGS, _TURNS = schema.briefings.c, schema.turns.c


class History:
    """Payloads are JSON texts that this room does not look into."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_briefing(self, payload: str, key: str) -> None:
        """Keep a briefing as the newest; one saved before under the same key is replaced."""
        key = encodable(key)
        with self._database.writing() as connection:
            connection.execute(sa.delete(schema.briefings).where(_BRIEFINGS.key == key))
            connection.execute(sa.insert(schema.briefings).values(key=key, payload=encodable(payload)))

    def briefings(self) -> list[tuple[str, str]]:
        """(key, payload) of the saved briefings, the one saved last at the end."""
        query = sa.select(_BRIEFINGS.key, _BRIEFINGS.payload).order_by(_BRIEFINGS.number)
        with self._database.reading() as connection:
            return [(row.key, row.payload) for row in connection.execute(query)]

    def append_turn(self, conversation: str, payload: str) -> None:
        """Add a turn at the end of a conversation, which begins with its first turn."""
        conversation = encodable(conversation)
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(schema.turns).values(conversation=conversation, payload=encodable(payload))
            )

    def turns(self, conversation: str) -> list[str]:
        """The turns of a conversation in order; none for an unknown one."""
        query = (
            sa.select(_TURNS.payload)
            .where(_TURNS.conversation == encodable(conversation))
            .order_by(_TURNS.number)
        )
        with self._database.reading() as connection:
            return list(connection.scalars(query))
