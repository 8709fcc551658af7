"""Texts as unit vectors of meaning: all-MiniLM-L6-v2 (Reimers and Gurevych 2019), int8, on the processor.

The model scales its integers to the largest activation of a whole batch, so a text's vector depends a
little on the texts embedded with it: mean cosine .994, lowest .974, over 1,500 news sentences. Hence the two
rules here: a question is embedded alone, and an article with itself. The same question and the same article
always have the same vectors, whatever else is read that day and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.reading.characters import encodable
from briefing.reading.inference import load_tokenizer, open_session
from briefing.types import Article, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

EMBEDDER = "all-MiniLM-L6-v2 int8"
DIMENSIONS = 384

_WEIGHTS = "embedder.int8.onnx"
_LONGEST = 256  # word pieces of one text, as the model was trained; the rest of the text is not seen
_BATCH = 1024  # word pieces with padding: more is slower, because it leaves the cache
_HEADLINE_SHARE = 0.5


def embed_texts(texts: Sequence[str]) -> Vectors:
    """One unit vector a text: (len(texts), 384). Same texts in the same order, same vectors.

    Text beyond 256 word pieces (some 190 words) is not seen. Raises ModelFileError.
    """
    import numpy as np

    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    if not texts:
        return vectors
    session = open_session(_WEIGHTS)
    pieces = token_ids(texts)
    for batch in _batches([len(ids) for ids in pieces]):
        ids = np.zeros((len(batch), len(pieces[batch[-1]])), np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(batch):
            ids[row, : len(pieces[text])] = pieces[text]
            mask[row, : len(pieces[text])] = 1
        (vectors[batch],) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    return vectors


def embed_query(text: str) -> Vectors:
    """The unit vector of one question, (384,); it depends on the question alone. Raises ModelFileError."""
    vector: Vectors = embed_texts([text])[0]
    return vector


def passage_vectors(article: Article, passages: Sequence[Passage]) -> Vectors:
    """(len(passages), 384): unit(text + headline / 2), or the text alone where there is no headline.

    The headline carries what a passage leaves out (who "he" is, where this happened): nDCG@10 rose by .05 to
    .10 on two of three test sets. It is embedded once, in one batch with the passages; batches that reach
    across articles were no faster (passages of news text, 10,000 words a second on two threads).
    """
    import numpy as np

    texts = [passage.text for passage in passages]
    if not article.title.strip() or not texts:
        return embed_texts(texts)
    vectors = embed_texts([article.title, *texts])
    mixed = vectors[1:] + _HEADLINE_SHARE * vectors[:1]
    unit: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return unit


def token_ids(texts: Sequence[str]) -> list[list[int]]:
    """The word pieces of each text with the marks at both ends, cut to what the model sees."""
    encoded = (encoding.ids for encoding in load_tokenizer().encode_batch([encodable(t) for t in texts]))
    return [ids if len(ids) <= _LONGEST else [*ids[: _LONGEST - 1], ids[-1]] for ids in encoded]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of texts of similar length, shortest first: twice as fast as in the order given."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if batch and (len(batch) + 1) * lengths[index] > _BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
