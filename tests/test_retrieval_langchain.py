from __future__ import annotations

import subprocess
import sys

from briefing.retrieval.langchain import as_embeddings, as_retriever, as_runnable
from briefing.types import Answer, Article, Hit, Passage, Searched

ARTICLE = Article(
    text="Rain fell. The river rose.",
    title="Rain",
    outlet="Harbour Post",
    published="2015-10-01",
    url="https://example.org/rain",
)


def _search(question: str, k: int) -> list[Hit]:
    return [Hit(Passage(ARTICLE, 11, 26), 0.5)][:k]


def test_embeddings_have_384_numbers() -> None:
    embeddings = as_embeddings()
    (vector,) = embeddings.embed_documents(["The river rose."])
    assert len(vector) == 384
    assert embeddings.embed_query("The river rose.") == vector
    assert embeddings.embed_documents([]) == []


def test_a_document_says_where_it_stands() -> None:
    (document,) = as_retriever(_search, k=3).invoke("What rose?")
    assert document.page_content == "The river rose."
    assert document.metadata == {
        "article_id": ARTICLE.id,
        "start": 11,
        "end": 26,
        "outlet": "Harbour Post",
        "published": "2015-10-01",
        "title": "Rain",
        "url": "https://example.org/rain",
        "score": 0.5,
    }


def test_the_retriever_asks_for_k() -> None:
    assert as_retriever(_search, k=0).invoke("What rose?") == []


def test_a_runnable_answers() -> None:
    searched = Searched(1, (), None, None, 1, ())
    answer = Answer("What rose?", "What rose?", (), True, "nothing", (), searched)
    assert as_runnable(lambda _question: answer).invoke("What rose?") is answer


def test_the_search_itself_needs_no_heavy_import() -> None:
    heavy = "langchain_core", "numpy", "onnxruntime", "tokenizers", "chromadb"
    code = (
        "import sys, briefing.retrieval.search, briefing.retrieval.evidence; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
