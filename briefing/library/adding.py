"""Adding: each article is read once, and stored with everything that was read, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.reading.characters import broken_characters
from briefing.types import AddReport, Article, Rejected

if TYPE_CHECKING:
    from briefing.store import Entry, Store

# Articles in one transaction: what a kill can cost, and what searching readers wait for.
_BATCH = 32
_READERS = 2


def add_articles(
    store: Store,
    articles: Iterable[Article | Rejected],
    parties: Path | None,
) -> AddReport:
    """Store what is new. What cannot be stored is rejected, alone. Raises LibraryError; batches stored before
    it stay."""
    added: list[Article] = []
    unchanged: list[Article] = []
    duplicates: list[Article] = []
    rejected: list[Rejected] = []
    seen: set[str] = set()
    words: set[tuple[str, str, str]] = set()
    batch: list[Article] = []
    for article in articles:
        if isinstance(article, Rejected):
            rejected.append(article)
            continue
        if fault := _fault(article):
            rejected.append(Rejected(article.title or article.url or "article", fault))
        elif article.id in seen or store.known([article.id]):
            unchanged.append(article)
        elif _repeats(store, article, words):
            duplicates.append(article)
        else:
            batch.append(article)
            added.append(article)
        seen.add(article.id)
        if len(batch) >= _BATCH:
            store.add(_read(batch, parties))
            batch = []
    if batch:
        store.add(_read(batch, parties))
    return AddReport(tuple(added), tuple(unchanged), tuple(duplicates), tuple(rejected))


def restate_articles(store: Store, parties: Path | None, progress: Callable[[int, int], None] | None) -> None:
    """Read anew who says what in every article; safe to kill and to repeat. Errors as for `add_articles`."""
    from briefing.reading.statements import find_statements

    articles = store.articles()
    with ThreadPoolExecutor(_READERS) as readers:
        found = readers.map(lambda article: find_statements(article, parties), articles)
        for number, (article, statements) in enumerate(zip(articles, found, strict=True), 1):
            store.restate(article, statements)
            if progress is not None:
                progress(number, len(articles))


def _fault(article: Article) -> str:
    """Why this article cannot be stored, or ""."""
    return broken_characters(article) if article.text.strip() else "it has no text"


def _repeats(store: Store, article: Article, words: set[tuple[str, str, str]]) -> bool:
    """Whether the same outlet already gave these very words under this headline; a reprint by another
    outlet is an article of its own."""
    from briefing.store import fingerprint

    mark = fingerprint(article.text)
    key = (article.outlet, article.title, mark)
    if key in words:
        return True
    words.add(key)
    same = store.same_words([mark]).get(mark, [])
    return any(
        (other.outlet, other.title) == (article.outlet, article.title) for other in store.articles(ids=same)
    )


def _read(articles: Sequence[Article], parties: Path | None) -> list[Entry]:
    """Entries in the order of the articles. Two are read at a time: the models leave Python's lock, and
    what one reading does in Python fills the gaps of the other (1.24 times as fast on two cores)."""
    with ThreadPoolExecutor(_READERS) as readers:
        return list(readers.map(lambda article: read_entry(article, parties), articles))


def read_entry(article: Article, parties: Path | None = None) -> Entry:
    """Everything reading makes of one article."""
    from briefing.reading.embeddings import passage_vectors
    from briefing.reading.passages import split_passages
    from briefing.reading.statements import find_statements
    from briefing.store import Entry

    passages = split_passages(article)
    return Entry(
        article=article,
        statements=tuple(find_statements(article, parties)),
        passages=passages,
        vectors=passage_vectors(article, passages),
    )
