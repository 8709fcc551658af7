"""What a reader narrows a search to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from briefing.types.texts import Article


@dataclass(frozen=True)
class Filters:
    """What a passage must be: of this outlet, published in these days (both included), of one of these
    articles, with a statement for this party or by one of these speakers. None, or no speaker, asks for
    nothing. An article without a date is in no range of days."""

    party: str | None = None
    outlet: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    articles: tuple[str, ...] | None = None
    speakers: tuple[str, ...] = ()

    @property
    def choose_articles(self) -> bool:
        """Whether anything is asked of the article itself."""
        return any(wanted is not None for wanted in (self.outlet, self.since, self.until, self.articles))

    def admit(self, article: Article) -> bool:
        """Whether the article passes, its statements apart."""
        if self.outlet is not None and article.outlet != self.outlet:
            return False
        if self.articles is not None and article.id not in self.articles:
            return False
        if self.since is None and self.until is None:
            return True
        day = article.day
        return day is not None and (self.since or day) <= day <= (self.until or day)


NO_FILTERS = Filters()
