from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.reading.embeddings import DIMENSIONS, embed_query, embed_texts, passage_vectors, token_ids
from briefing.reading.passages import split_passages
from briefing.types import Article

TEXTS = [
    "The ministry said its aircraft had hit three depots near the river.",
    "Rain.",
    "Officials in both capitals confirmed that talks on a shared hotline would begin next week, and "
    "that neither side would fly over the border strip before they had ended.",
    "The goalkeeper saved two penalties and the cup went to the visitors.",
]


def test_vectors_are_unit_float32_one_a_text() -> None:
    vectors = embed_texts(TEXTS)
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_no_vectors() -> None:
    assert embed_texts([]).shape == (0, DIMENSIONS)


def test_vectors_stand_in_the_order_of_the_texts() -> None:
    together, alone = embed_texts(TEXTS), np.array([embed_query(text) for text in TEXTS])
    assert (np.argmax(together @ alone.T, axis=1) == np.arange(len(TEXTS))).all()


def test_same_texts_same_bytes() -> None:
    assert embed_texts(TEXTS).tobytes() == embed_texts(TEXTS).tobytes()


def test_a_question_depends_on_itself_alone() -> None:
    before = embed_query(TEXTS[0])
    embed_texts(TEXTS * 30)
    assert embed_query(TEXTS[0]).tobytes() == before.tobytes()


def test_meaning_not_words_decides() -> None:
    question = embed_query("What did the warplanes strike?")
    cosines = embed_texts(TEXTS) @ question
    assert cosines[0] > 0.2 > cosines[3]
    assert cosines.argmax() == 0


def test_text_beyond_256_word_pieces_is_not_seen() -> None:
    start = "The envoy spoke of peace. " * 60
    assert len(token_ids([start])[0]) == 256
    assert token_ids([start])[0][-1] == token_ids(["x"])[0][-1]
    assert embed_query(start).tobytes() == embed_query(start + "Then it rained.").tobytes()


def test_broken_characters_and_empty_texts_have_a_vector() -> None:
    vectors = embed_texts(["", "half of a character: \ud83d", "\x00", "  "])
    assert np.isfinite(vectors).all()


def test_the_headline_counts_half() -> None:
    article = Article(text=TEXTS[0] + "\n" + TEXTS[2], title="Two capitals agree on a hotline")
    passages = split_passages(article)
    raw = embed_texts([article.title, *(p.text for p in passages)])
    mixed = raw[1:] + 0.5 * raw[0]
    expected = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    assert np.allclose(passage_vectors(article, passages), expected, atol=1e-6)


def test_without_a_headline_a_passage_is_its_text() -> None:
    article = Article(text=TEXTS[0], title=" ")
    passages = split_passages(article)
    assert passage_vectors(article, passages).tobytes() == embed_texts([TEXTS[0]]).tobytes()
    assert passage_vectors(Article(text="", title="A headline"), ()).shape == (0, DIMENSIONS)


def test_an_article_has_the_same_vectors_whatever_was_read_before() -> None:
    article = Article(text="\n".join(TEXTS), title="A day of news")
    passages = split_passages(article)
    before = passage_vectors(article, passages)
    other = Article(text="Ships left the harbour.", title="Harbour")
    passage_vectors(other, split_passages(other))
    assert passage_vectors(article, passages).tobytes() == before.tobytes()


@settings(max_examples=25)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_has_a_finite_unit_vector(texts: list[str]) -> None:
    vectors = embed_texts(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
