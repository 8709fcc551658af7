"""The search and the embedder as LangChain components. Import it only where LangChain is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from briefing.reading.embeddings import embed_query, embed_texts
from briefing.types import Answer, Hit

Search = Callable[[str, int], Sequence[Hit]]


def as_embeddings() -> Embeddings:
    """The embedder that ships with the package: 384 numbers a text, no network."""
    return _LocalEmbeddings()


def as_retriever(search: Search, k: int = 10) -> BaseRetriever:
    """A retriever over `search(question, k)`.

    A document's page_content is the passage; its metadata are article_id, start, end (offsets into the
    article), outlet, published (ISO 8601 or empty), title, url and score.
    """
    return _PassageRetriever(search=search, k=k)


def as_runnable(ask: Callable[[str], Answer]) -> Runnable[str, Answer]:
    """`ask` as a runnable: a question in, an Answer out."""
    return RunnableLambda(ask)


class _LocalEmbeddings(Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed the texts together; see briefing.reading.embeddings on what that means for their vectors."""
        vectors: list[list[float]] = embed_texts(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed one question by itself."""
        vector: list[float] = embed_query(text).tolist()
        return vector


class _PassageRetriever(BaseRetriever):
    search: Search
    k: int

    def _get_relevant_documents(  # the name and arguments are LangChain's
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [_document(hit) for hit in self.search(query, self.k)]


def _document(hit: Hit) -> Document:
    passage, article = hit.passage, hit.article
    return Document(
        page_content=passage.text,
        metadata={
            "article_id": article.id,
            "start": passage.start,
            "end": passage.end,
            "outlet": article.outlet,
            "published": article.published_iso,
            "title": article.title,
            "url": article.url,
            "score": hit.score,
        },
    )
