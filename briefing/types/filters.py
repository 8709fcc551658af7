"""What a reader narrows a search to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Filters:
    """What a passage must be: of this outlet, published in these days (both included), of one of these
    articles, with a statement for this party or by one of these speakers. None, or no speaker, asks for
    nothing. An article without a date is in no range of days.

    `tied` are people whom other articles tie to the party: what they say for no party is said for this one.
    The store finds them.
    """

    party: str | None = None
    outlet: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    articles: tuple[str, ...] | None = None
    speakers: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()

    @property
    def choose_articles(self) -> bool:
        """Whether anything is asked of the article itself."""
        return any(wanted is not None for wanted in (self.outlet, self.since, self.until, self.articles))


NO_FILTERS = Filters()
