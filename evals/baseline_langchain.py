"""Side by side in one run: this library, and the pipeline of LangChain's tutorial on retrieval.

    .venv/bin/uv pip install --group evals        # once; VIRTUAL_ENV=.venv where none is active
    python -m evals.baseline_langchain [--multihop FOLDER] [--fa-kes FILE] [--part unseen] [--headlines]

Theirs: RecursiveCharacterTextSplitter (1,000 characters, 200 of overlap), Chroma in a folder, the nearest
four chunks; the embedding model is the one that ships with this library. Both get the same articles, each
once, and the same questions. Without a language model theirs answers with its four chunks: every sentence
that stands in them whole counts as pointed at, and it never declines. A follow-up is put to ours with what
was asked before and to theirs as typed. Times are medians, ours and theirs by turns, in one process that has
loaded everything.

Always on the samples; `--multihop` takes the folder of multihop_rag_facts.jsonl and multihop_rag_half.jsonl,
`--fa-kes` the corpus that evals/data/questions/fa_kes.jsonl asks about. `--headlines` puts the headline
before the text for theirs, as ours always does; `--timed` is how many articles are added to time adding.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

import briefing
from briefing.bundled import find_folder
from briefing.reading.embeddings import DIMENSIONS, EMBEDDER, passage_vectors
from briefing.reading.passages import split_passages
from briefing.retrieval.langchain import as_embeddings
from briefing.store import Entry, Store
from briefing.types import Article, Passage
from evals.answers import ask
from evals.side_by_side import (
    Case,
    Figures,
    Input,
    Pair,
    Reply,
    multihop,
    own_questions,
    sentences_of,
    show,
    show_kinds,
    summarize,
)

_SHOWN = 4  # chunks that the tutorial puts before the model, similarity_search's default
_MANY = 30  # results that hold 600 words even of one-sentence articles
_CHROMA_TAKES = 5_000  # records at a time; its limit is 5,461
_ROUNDS = 3
_LIBRARY_BATCH = 16  # as briefing.library.adding has it
_BY_KIND = ("right sentences in the first 10", "of all sentences pointed at, right")


class Tutorial:
    """The tutorial's pipeline over articles. With `headlines`, a text begins with its headline."""

    def __init__(self, folder: str, headlines: bool = False) -> None:
        self._store = Chroma(
            collection_name="articles",
            embedding_function=as_embeddings(),
            persist_directory=folder,
            client_settings=Settings(anonymized_telemetry=False, _env_file=None),
        )
        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=1000, chunk_overlap=200, add_start_index=True
        )
        self._headlines = headlines
        self._articles: dict[str, Article] = {}

    def add(self, articles: Sequence[Article]) -> None:
        """Split, embed and store."""
        documents = []
        for article in articles:
            self._articles[article.id] = article
            metadata = {"id": article.id, "outlet": article.outlet, "published": article.published_iso}
            documents.append(Document(page_content=self._head(article) + article.text, metadata=metadata))
        chunks = self._splitter.split_documents(documents)
        for start in range(0, len(chunks), _CHROMA_TAKES):
            self._store.add_documents(chunks[start : start + _CHROMA_TAKES])

    def search(self, question: str, k: int = _SHOWN) -> list[Passage]:
        """The k nearest chunks as the parts of the articles they are."""
        return [self._part(found) for found in self._store.similarity_search(question, k=k)]

    def _head(self, article: Article) -> str:
        return f"{article.title}\n\n" if self._headlines and article.title else ""

    def _part(self, chunk: Document) -> Passage:
        article = self._articles[chunk.metadata["id"]]
        start = chunk.metadata["start_index"] - len(self._head(article))
        return Passage(article, max(start, 0), max(start + len(chunk.page_content), 0))


@contextmanager
def both(articles: Sequence[Article], headlines: bool) -> Iterator[Pair[Any]]:
    """A Library and a Tutorial that hold the articles."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        theirs = Tutorial(other, headlines)
        theirs.add(articles)
        with briefing.open_library(one) as ours:
            ours.add(articles)
            yield Pair(ours, theirs)


def reply_of_ours(library: briefing.Library, case: Case) -> Reply:
    """What the library finds, and the receipts of its answer."""
    answer = ask(library, {"question": case.question, "history": case.history})
    # Search knows no history: it gets the question as `ask` understood it.
    question = answer.asked if case.history else case.question
    first, many = ([hit.passage for hit in library.search(question, k)] for k in (10, _MANY))
    return Reply(first, many, sentences_of(answer.receipts, whole=False), answer.abstained)


def reply_of_theirs(tutorial: Tutorial, case: Case) -> Reply:
    """What the pipeline finds, and the sentences of the chunks that it shows."""
    shown, first, many = (tutorial.search(case.question, k) for k in (_SHOWN, 10, _MANY))
    return Reply(first, many, sentences_of(shown, whole=True), declined=False)


def query_times(pair: Pair[Any], questions: Sequence[str]) -> Pair[Figures]:
    """Milliseconds of a search for ten results: the median of some rounds for each question, ours and theirs
    by turns, after a round on a few questions that is not counted."""
    for question in questions[-5:]:
        pair.ours.search(question, 10)
        pair.theirs.search(question, 10)
    times: Pair[list[list[float]]] = Pair([], [])
    for _ in range(_ROUNDS):
        for side in times.ours, times.theirs:
            side.append([])
        for question in questions:
            times.ours[-1].append(1000 * _seconds(partial(pair.ours.search, question, 10)))
            times.theirs[-1].append(1000 * _seconds(partial(pair.theirs.search, question, 10)))
    return Pair(_percentiles(times.ours), _percentiles(times.theirs))


def _percentiles(rounds: Sequence[Sequence[float]]) -> Figures:
    medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
    cuts = statistics.quantiles(medians, n=20, method="inclusive")
    return {"search for 10, p50, ms": cuts[9], "search for 10, p95, ms": cuts[18]}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def add_whole(folder: str, articles: Sequence[Article]) -> None:
    with briefing.open_library(folder) as library:
        library.add(articles)


def add_unread(folder: str, articles: Sequence[Article]) -> None:
    """What `Library.add` does without reading who says what: passages, vectors, store."""

    def entry(article: Article) -> Entry:
        passages = split_passages(article)
        return Entry(article, (), passages, passage_vectors(article, passages))

    with Store.open(Path(folder), EMBEDDER, DIMENSIONS) as store, ThreadPoolExecutor(2) as readers:
        for start in range(0, len(articles), _LIBRARY_BATCH):
            store.add(list(readers.map(entry, articles[start : start + _LIBRARY_BATCH])))


def adding(articles: Sequence[Article], headlines: bool) -> Pair[Figures]:
    """How fast each adds, ours also by its retrieval half alone, and what it takes on disk."""
    ways: dict[str, Callable[[str], None]] = {
        "whole": lambda folder: add_whole(folder, articles),
        "unread": lambda folder: add_unread(folder, articles),
        "theirs": lambda folder: Tutorial(folder, headlines).add(articles),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    sizes: dict[str, float] = {}
    for _ in range(_ROUNDS):
        for way, add in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                times[way].append(_seconds(partial(add, folder)))
                sizes[way] = _megabytes(folder)
    words = sum(len(article.text.split()) for article in articles)

    def figures(whole: str, unread: str) -> Figures:
        per = {way: statistics.median(seconds) for way, seconds in times.items()}
        return {
            "articles added a second": len(articles) / per[whole],
            "words added a second": words / per[whole],
            "words added a second, who says what left out": words / per[unread],
            "on disk, MB": sizes[whole],
            "on disk, who says what left out, MB": sizes[unread],
        }

    return Pair(figures("whole", "unread"), figures("theirs", "theirs"))


def _megabytes(folder: str) -> float:
    return sum(path.stat().st_blocks * 512 for path in Path(folder).rglob("*") if path.is_file()) / 1e6


def compare(given: Input, timed: int, headlines: bool) -> None:
    """Measure and print one input."""
    cases = given.cases
    added = adding(given.articles[:timed], headlines)
    with both(given.articles, headlines) as pair:
        searched = query_times(pair, [case.question for case in cases])
        replies = Pair(
            [reply_of_ours(pair.ours, case) for case in cases],
            [reply_of_theirs(pair.theirs, case) for case in cases],
        )
    declined = sum(not case.right for case in cases)
    title = f"{given.name}: {len(given.articles)} articles, {len(cases)} questions, {declined} to be declined"
    ours = summarize(cases, replies.ours) | added.ours | searched.ours
    theirs = summarize(cases, replies.theirs) | added.theirs | searched.theirs
    show(title, ours, theirs)
    show_kinds(cases, replies, _BY_KIND)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--multihop", type=Path, metavar="FOLDER")
    parser.add_argument("--fa-kes", type=Path, metavar="FILE")
    parser.add_argument("--part", choices=("tuned", "unseen"))
    parser.add_argument("--timed", type=int, default=200, metavar="N")
    parser.add_argument("--headlines", action="store_true")
    given = parser.parse_args()
    inputs = [own_questions("samples", find_folder("samples"), given.part)]
    if given.multihop is not None:
        inputs.append(multihop(given.multihop))
    if given.fa_kes is not None:
        inputs.append(own_questions("fa_kes", given.fa_kes, given.part))
    for one in inputs:
        compare(one, given.timed, given.headlines)


if __name__ == "__main__":
    main()
