"""What a reader narrows a search to, as typed: names are resolved, a topic becomes the articles about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from briefing.errors import InputError
from briefing.library.material import Topic, read_topic
from briefing.library.understanding import understood
from briefing.reading.parties import load_lexicon
from briefing.types import Filters

if TYPE_CHECKING:
    from briefing.store import Store


class Narrowing(TypedDict, total=False):
    """What `Library.search` and `Library.ask` may be narrowed to; None or left out asks for nothing.

    `party` by any of its names, `outlet` in any case, days from `since` to `until`, both included, and
    `topic`, in words: only articles about it are read.
    """

    party: str | None
    outlet: str | None
    since: dt.date | None
    until: dt.date | None
    topic: str | None


def resolve_filters(store: Store, wanted: Narrowing, parties: Path | None) -> Filters:
    """The filters that were meant; InputError for a party that nobody knows, or days the wrong way round."""
    since, until = wanted.get("since"), wanted.get("until")
    if since and until and since > until:
        raise InputError(f"since {since} is after until {until}; swap them")
    party, outlet, topic = wanted.get("party"), wanted.get("outlet"), wanted.get("topic")
    filters = Filters(
        party=_find_party(party, store.parties(), parties) if party else None,
        outlet=_find_outlet(outlet, store.outlets()) if outlet else None,
        since=since,
        until=until,
    )
    if not topic:
        return filters
    return replace(filters, articles=on_topic(store, topic, filters, parties).articles)


def on_topic(store: Store, topic: str, filters: Filters, parties: Path | None) -> Topic:
    """The articles about a topic, as it was typed."""
    return read_topic(store, understood(store, topic, (), parties), filters, load_lexicon(parties))


def _find_party(name: str, heard: Sequence[str], parties: Path | None) -> str:
    """A party by any of its names, or as a text named it."""
    resolved = load_lexicon(parties).resolve(name)
    if resolved is None:
        plain = name.strip().casefold()
        resolved = next((party for party in heard if party.casefold() == plain), None)
    if resolved is None:
        raise InputError(f"party {name!r} is not known; `briefing sources` lists the parties heard")
    return resolved


def _find_outlet(name: str, outlets: Sequence[str]) -> str:
    """The outlet of that name, else in any case; one that the library has not stays as it is, empty."""
    typed = name.strip()
    if typed in outlets:
        return typed
    return next((outlet for outlet in outlets if outlet.casefold() == typed.casefold()), name)
