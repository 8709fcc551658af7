"""The one door to a library on disk: catalog, vectors and full text under one set of locks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from briefing.errors import LibraryError
from briefing.types import NO_FILTERS, Article, Filters, Passage, Statement

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from briefing.store.database import Database
    from briefing.store.indexes import Indexes


@dataclass(frozen=True)
class Entry:
    """What reading made of one article. `vectors` is float32, one row of unit length for each passage."""

    article: Article
    statements: tuple[Statement, ...]
    passages: tuple[Passage, ...]
    vectors: npt.NDArray[np.float32]


class Store:
    """A library folder. Safe to use from any number of threads, and beside other processes that use it.

    `add` and `remove` are in the catalog before they touch an index; an index left behind by a process
    that died, deleted or damaged is mended by the next search or `add`, in whatever process that happens.
    On a disk or in a folder that cannot be written a library can be read and searched, without indexes.
    `ledger` keeps what language models replied and took.
    """

    def __init__(
        self, database: Database, dimensions: int, indexes: Indexes | None, exact_up_to: int
    ) -> None:
        from briefing.store.catalog import Catalog
        from briefing.store.changes import Changes
        from briefing.store.history import History
        from briefing.store.ledger import Ledger
        from briefing.store.names import Names
        from briefing.store.scores import Scores
        from briefing.store.search import Search
        from briefing.store.selection import Selection

        self._database, self._dimensions, self._indexes = database, dimensions, indexes
        self._catalog, self._changes, self._history = Catalog(database), Changes(database), History(database)
        self.ledger = Ledger(database)
        self._names, self._selection = Names(database), Selection(database)
        self._scores = Scores(database, dimensions)
        self._search = Search(self._changes, self._scores, self._selection, indexes, exact_up_to)
        self._exact_up_to = exact_up_to
        self._closed = False

    @classmethod
    def open(cls, folder: Path, embedder: str, dimensions: int, exact_up_to: int = 0) -> Store:
        """Open the library in `folder`, made if need be, for vectors of that embedder and length.

        Up to `exact_up_to` passages, nearest ones are found by one pass over the catalog, without Chroma.
        LibraryError when the folder cannot be used, holds vectors of another embedder, or was written by a
        newer version. Imports neither Chroma nor tantivy.
        """
        from briefing.store.database import Database, is_writable
        from briefing.store.indexes import Indexes

        folder = Path(folder).expanduser().resolve()
        path = folder / "catalog.sqlite3"
        read_only = path.exists() and not (is_writable(folder) and is_writable(path))
        indexes = None if read_only else Indexes.share(folder, dimensions)
        database = Database(path, read_only)
        try:
            if indexes is not None and database.is_empty():
                with indexes.writing():
                    database.create(embedder, dimensions)
            database.check(embedder, dimensions)
        except BaseException:
            database.close()
            if indexes is not None:
                indexes.release()
            raise
        return cls(database, dimensions, indexes, exact_up_to)

    def close(self) -> None:
        """Let go of the folder; closing twice is no error."""
        if self._closed:
            return
        self._closed = True
        self._database.close()
        if self._indexes is not None:
            self._indexes.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, entries: Sequence[Entry]) -> None:
        """Store the entries; one whose article is stored already is left as it is.

        After it returns every search in every process finds them. Killed or failed at any point it has
        stored all of them or none, and the indexes follow at the next use. Waits up to a minute for
        another writer; LibraryError after that, or when the disk refuses.
        """
        for entry in entries:
            _check_vectors(entry, self._dimensions)
        with self._writable().writing():
            self._catalog.add(entries)
            self._writable().catch_up(self._changes, self._exact_up_to)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles with all that was made of them; how many there were. Errors as for `add`."""
        with self._writable().writing():
            removed = self._catalog.remove(article_ids)
            self._writable().catch_up(self._changes, self._exact_up_to)
        return removed

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make vectors and full text anew from the catalog; `progress` gets (passages done, all)."""
        with self._writable().writing():
            self._writable().rebuild(self._changes, progress)

    def restate(self, article: Article, statements: Sequence[Statement]) -> None:
        """Put these in the place of the statements an article has, all or none. Errors as for `add`."""
        with self._writable().writing():
            self._catalog.restate(article, statements)

    def known(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are stored."""
        return self._catalog.known(article_ids)

    def same_words(self, fingerprints: Sequence[str]) -> dict[str, list[str]]:
        """The ids of stored articles by `fingerprint` of their text, for the fingerprints that occur."""
        return self._catalog.same_words(fingerprints)

    def articles(
        self,
        ids: Sequence[str] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        outlet: str | None = None,
    ) -> list[Article]:
        """The articles that meet every condition given, ordered by (day, id); `until` is included.

        Undated ones come last, and only when neither `since` nor `until` is given.
        """
        chosen = None if ids is None else tuple(ids)
        return self._catalog.articles(Filters(outlet=outlet, since=since, until=until, articles=chosen))

    def count_articles(self, filters: Filters) -> tuple[int, dt.date | None, dt.date | None, int]:
        """How many articles meet what the filters ask of an article, the first and the last day of them,
        and how many have none."""
        return self._names.count_articles(filters)

    def newest(self, filters: Filters, most: int) -> list[str]:
        """The ids of the newest articles that pass, at most `most`, newest first, undated ones last.

        With a party or speakers they are those that hold a statement of theirs.
        """
        return self._catalog.newest(self._with_tied(filters), most)

    def statements(
        self, article_ids: Sequence[str] | None = None, party: str | None = None
    ) -> list[Statement]:
        """The statements of these articles and this party, by article (as in `articles`) and offset.

        Of a party are also those that name none, by people whom `sides` ties to it: everything here that
        takes a party counts them. Those of one article share one Article object.
        """
        return self._catalog.statements(article_ids, self._with_tied(Filters(party=party)))

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages in the order given; unknown ids are left out."""
        return self._catalog.passages(ids, whole=True)

    def outlines(self, ids: Sequence[str]) -> list[Passage]:
        """As `passages` in a third of the time, to be ranked and thrown away: articles without sentences."""
        return self._catalog.passages(ids, whole=False)

    def vectors(self, passage_ids: Sequence[str]) -> npt.NDArray[np.float32]:
        """The stored vectors, (n, dimensions), of unit length and to the precision of float16.

        Rows are in the order given; an unknown id has a row of zeros, so that nothing is near it.
        """
        return self._scores.vectors(passage_ids)

    def nearest(
        self, vector: npt.ArrayLike, k: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[str, float]]:
        """(passage id, cosine) of the k nearest that pass, best first, equal ones by id.

        The very nearest where filters let up to 2,000 pass, or without filters where there are up to
        `exact_up_to` (see `open`); else the candidates are approximate neighbours and there may be fewer than
        k. The cosines are exact.
        """
        return self._search.nearest(vector, k, self._with_tied(filters))

    def matching(self, words: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        """(passage id, BM25) of the k passages that match best of those that pass, best first.

        Any of the words may match in text or headline, stemmed and without stop words. They are never read
        as a query language.
        """
        return self._search.matching(words, k, self._with_tied(filters))

    def passing(self, passage_ids: Sequence[str], filters: Filters) -> list[str]:
        """Those of the passages that pass, in the order given."""
        return self._selection.passing(passage_ids, self._with_tied(filters))

    def outlets(self, filters: Filters = NO_FILTERS) -> list[str]:
        """The outlets that have a name, or those of the articles that pass, in alphabetical order."""
        if filters.choose_articles:
            return self._names.outlets_of(filters)
        return self._names.names("outlet")

    def parties(self) -> list[str]:
        """The parties that statements were made for, in alphabetical order."""
        return self._names.names("party")

    def most_heard(self, parties: Sequence[str]) -> str | None:
        """The one of the parties with the most statements; None where none has any."""
        return self._names.most_heard(parties)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands, stemmed as `matching` does; no stop words."""
        return self._search.frequencies(words)

    def speakers(self, last_words: Iterable[str]) -> list[str]:
        """The speakers that statements name, those whose name ends in one of the words, in order.

        ASCII letters of the words are in lower case.
        """
        return self._names.speakers(last_words)

    def sides(self, speakers: Iterable[str]) -> dict[str, str]:
        """Those of the people by full name, and the party that all articles which say so tie them to."""
        return self._names.sides(speakers)

    def count(self) -> dict[str, int]:
        """The numbers of "articles", "sentences", "statements" and "passages"."""
        return self._names.count()

    def passage_count(self) -> int:
        """How many passages there are."""
        return self._changes.passage_count()

    def days(self) -> tuple[dt.date | None, dt.date | None, int]:
        """The first and the last publication day, and the number of articles without one."""
        return self._names.count_articles(NO_FILTERS)[1:]

    @property
    def generation(self) -> int:
        """A number that grows with every change of articles, whoever makes it; 0 before the first."""
        return self._changes.generation()

    def save_briefing(self, payload: str, key: str) -> None:
        """Keep a briefing (JSON) as the newest; one saved before under the same key is replaced."""
        self._history.save_briefing(payload, key)

    def briefings(self) -> list[tuple[str, str]]:
        """(key, payload) of the saved briefings, the newest last."""
        return self._history.briefings()

    def append_turn(self, conversation_id: str, payload: str) -> None:
        """Add a turn (JSON) at the end of a conversation, which begins with its first turn."""
        self._history.append_turn(conversation_id, payload)

    def turns(self, conversation_id: str) -> list[str]:
        """The turns of a conversation in order; none for an unknown one."""
        return self._history.turns(conversation_id)

    def _with_tied(self, filters: Filters) -> Filters:
        return filters if filters.party is None else replace(filters, tied=self._names.tied_to(filters.party))

    def _writable(self) -> Indexes:
        if self._indexes is None:
            raise LibraryError(self._database.refusal)
        return self._indexes


def _check_vectors(entry: Entry, dimensions: int) -> None:
    import numpy as np

    shape = (len(entry.passages), dimensions)
    if entry.vectors.shape != shape or not np.isfinite(entry.vectors).all():
        raise ValueError(f"vectors must be finite and of shape {shape}, not {entry.vectors.shape}")
