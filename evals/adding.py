"""Where the time goes when articles are added: in the two models, in the rest of reading, in the store.

    python -m evals.adding [ARTICLES.jsonl] [--most 200]

Articles are read one after the other, so that shares add up; `briefing add` reads two at a time. The time of
a model is that from text to labels or vectors: its tokenizer and its decoding are part of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import briefing
from briefing.bundled import find_folder
from briefing.library.adding import _BATCH, read_entry
from briefing.reading import embeddings, statements
from briefing.reading.attribution import tagger
from briefing.types import Article


class _Timed:
    """Counts the seconds spent in the tagger and the embedder, from text to labels and vectors."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._kept: tuple[Callable[..., Any], Callable[..., Any]] = (tagger.tag, embeddings.embed_texts)

    def _counted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            began = time.perf_counter()
            try:
                return work(*given)
            finally:
                self.seconds += time.perf_counter() - began

        return run

    def __enter__(self) -> _Timed:
        self._put(self._counted(self._kept[0]), self._counted(self._kept[1]))
        return self

    def __exit__(self, *_: object) -> None:
        self._put(*self._kept)

    def _put(self, tag: Callable[..., Any], embed: Callable[..., Any]) -> None:
        setattr(statements, "tag", tag)  # noqa: B010
        embeddings.embed_texts = embed


def measure(articles: Sequence[Article]) -> dict[str, float]:
    """Seconds by part, and the share outside the models."""
    reading = storing = 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        briefing.open_library(folder) as library,
        _Timed() as models,
    ):
        read_entry(articles[0])  # opens the models and the word lists
        models.seconds = 0.0
        for start in range(0, len(articles), _BATCH):
            began = time.perf_counter()
            entries = [read_entry(article) for article in articles[start : start + _BATCH]]
            read = time.perf_counter()
            library._store.add(entries)
            reading, storing = reading + read - began, storing + time.perf_counter() - read
    total = reading + storing
    return {
        "articles": len(articles),
        "words": sum(len(article.text.split()) for article in articles),
        "models, s": models.seconds,
        "the rest of reading, s": reading - models.seconds,
        "store and indexes, s": storing,
        "share outside the models": (total - models.seconds) / total,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="?", default=find_folder("samples"))
    parser.add_argument("--most", type=int, default=200)
    given = parser.parse_args()
    for name, value in measure(briefing.read_articles([given.articles])[: given.most]).items():
        sys.stdout.write(f"{name}: {value:.3g}\n")


if __name__ == "__main__":
    main()
