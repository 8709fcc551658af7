"""Passages by their words, ranked by BM25, within a reader's filters. The only module that knows tantivy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import LibraryError
from briefing.reading.characters import encodable
from briefing.reading.words import stopwords
from briefing.store.database import disk_refuses
from briefing.store.derived import DamagedIndexError
from briefing.types import NO_FILTERS, Filters

if TYPE_CHECKING:
    import tantivy

    from briefing.store.changes import PassageRow

_TOKENIZER = "en_stem_folded"
_TEXT_WEIGHT, _HEADLINE_WEIGHT = 1.0, 0.4  # measured: nDCG@10 .698 to .749 on news questions
_WRITER_BYTES = 15_000_000  # the least tantivy takes for one thread
_TIES = 50  # fetched beyond k: tantivy orders equal scores by where they lie on disk
_EXACT_FIELDS = ("id", "article", "outlet", "party", "speaker")
_INITIALS = re.compile(r"\b[A-Za-z](?:\.[A-Za-z])+\b\.?")


class FullText:
    """An index of text and headline, with what a passage may be filtered by. Without a folder it lives in
    memory."""

    batch = 5000
    version = 2

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or Path()
        self._in_memory = folder is None
        self._index: tantivy.Index | None = None

    def open(self) -> None:
        """Open the index, or make an empty one."""
        import tantivy

        with self._damage():
            path = None if self._in_memory else str(self.folder)
            self._index = tantivy.Index(_schema(), path=path)
            self._index.register_tokenizer(_TOKENIZER, _analyzer(without_stopwords=False))
            # The default watches the folder in a thread of its own and would pick up half a hand-over.
            self._index.config_reader("manual")
            self._index.reload()

    def close(self) -> None:
        """Let go of the files."""
        self._index = None

    def add(self, rows: Sequence[PassageRow]) -> None:
        """Store passages; one that is stored already is replaced."""
        import tantivy

        with self._damage():
            writer = self._open_index().writer(_WRITER_BYTES, 1)
            for row in rows:
                writer.delete_documents_by_term("id", row.id)
                writer.add_document(tantivy.Document.from_dict(_fields(row)))
            self._commit(writer)

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Drop passages."""
        with self._damage():
            writer = self._open_index().writer(_WRITER_BYTES, 1)
            for passage_id in passage_ids:
                writer.delete_documents_by_term("id", passage_id)
            self._commit(writer)

    def count(self) -> int:
        """How many passages it holds."""
        with self._damage():
            return self._open_index().searcher().num_docs

    def matching(self, words: str, k: int, filters: Filters = NO_FILTERS) -> list[tuple[str, float]]:
        """The k best passages that pass and hold any of the words, best first; equal scores by id.

        `words` is cut into words by the analyzer of the index and never read as a query language.
        """
        import tantivy

        terms = dict.fromkeys(_analyzer(without_stopwords=True).analyze(_join_initials(encodable(words))))
        if not terms or k <= 0:
            return []
        with self._damage():
            index = self._open_index()
            fields = (("text", _TEXT_WEIGHT), ("headline", _HEADLINE_WEIGHT))
            parts = [
                tantivy.Query.boost_query(tantivy.Query.term_query(index.schema, field, term, "freq"), weight)
                for term in terms
                for field, weight in fields
            ]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
            if conditions := _conditions(index.schema, filters):
                wanted = [(tantivy.Occur.Must, part) for part in (query, *conditions)]
                query = tantivy.Query.boolean_query(wanted)
            searcher = index.searcher()
            hits = searcher.search(query, k + _TIES, count=False).hits
            found = [(str(searcher.doc(place)["id"][0]), round(float(score), 4)) for score, place in hits]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:k]

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages' text each word stands, by the rarest of its terms; no stop words."""
        analyzer = _analyzer(without_stopwords=True)
        with self._damage():
            searcher = self._open_index().searcher()
            found = {word: analyzer.analyze(_join_initials(encodable(word))) for word in words}
            return {
                word: min(searcher.doc_freq("text", term) for term in terms)
                for word, terms in found.items()
                if terms
            }

    def _open_index(self) -> tantivy.Index:
        if self._index is None:
            raise DamagedIndexError(f"the full-text index {self.folder} is not open")
        return self._index

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()  # the writer and its lock file are gone after this
        self._open_index().reload()

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # tantivy raises ValueError for whatever goes wrong
            if disk_refuses(str(error)):
                raise LibraryError(
                    f"the disk refuses to write the full-text index {self.folder} ({error}): it is full, "
                    "over its quota or failing; make room and repeat, the articles themselves are stored"
                ) from error
            raise DamagedIndexError(f"the full-text index {self.folder} cannot be used: {error}") from error


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in _EXACT_FIELDS:
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("headline", tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _fields(row: PassageRow) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": row.id,
        "article": row.article,
        "outlet": row.outlet,
        "party": list(row.parties),
        "speaker": list(row.speakers),
        "text": _join_initials(row.text),
        "headline": _join_initials(row.headline),
    }
    return fields | ({"day": dt.date.fromisoformat(row.day).toordinal()} if row.day else {})


def _conditions(schema: tantivy.Schema, filters: Filters) -> list[tantivy.Query]:
    """One query for each filter; none of them adds to a score."""
    from tantivy import FieldType, Occur, Query

    def any_of(field: str, values: Sequence[str]) -> Query:
        return Query.term_set_query(schema, field, [encodable(value) for value in values])

    found = []
    if filters.outlet is not None:
        found.append(any_of("outlet", [filters.outlet]))
    if filters.party is not None:
        said = [any_of("party", [filters.party]), any_of("speaker", filters.tied)]
        found.append(Query.boolean_query([(Occur.Should, query) for query in said]))
    if filters.speakers:
        found.append(any_of("speaker", filters.speakers))
    if filters.articles is not None:
        found.append(any_of("article", filters.articles))
    if filters.since is not None or filters.until is not None:
        first, last = (None if day is None else day.toordinal() for day in (filters.since, filters.until))
        found.append(Query.range_query(schema, "day", FieldType.Integer, first, last))
    return [Query.const_score_query(query, 0.0) for query in found]


@cache
def _analyzer(without_stopwords: bool) -> tantivy.TextAnalyzer:
    """tantivy's en_stem, and without accents: "Erdogan" finds "Erdoğan"."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
    )
    if without_stopwords:
        builder = builder.filter(Filter.custom_stopword(_stopwords()))
    return builder.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


def _stopwords() -> list[str]:
    return sorted(stopwords() - {"us"})  # in news "US" is a country


def _join_initials(text: str) -> str:
    """ "U.S." as "US": the tokenizer would make two letters of it, which stand in every "U.N." too."""
    return _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", text)
